"""Keeping the list of members of Parliament: reading it, what is different in it, and writing that."""
