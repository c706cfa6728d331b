"""Measures the site against what the same machine can do at best, in the same minute."""
