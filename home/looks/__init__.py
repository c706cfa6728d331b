"""How an organisation makes the site look like itself, without anybody losing the power to read it."""
