"""How rows become bytes: one module a format, each a generator that holds a few rows at a time.

A writer takes the headings and the rows as lists of text, and yields the file in pieces. Nothing of it
ever lies on a disk unlocked.
"""
