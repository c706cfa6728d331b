"""How people find a page: by searching here, by a search engine, by a link that somebody passed on."""
