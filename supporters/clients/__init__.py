"""Outside systems: what each is asked, the real thing, and one for tests that remembers what it was asked."""
