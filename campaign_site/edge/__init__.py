"""What stands between the views and the world: page cache, purging, headers, languages, files."""
