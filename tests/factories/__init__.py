"""Valid, boring people and pages; a test names only what it is about."""
