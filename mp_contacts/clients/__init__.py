"""Outside systems: what each is asked, and what may go wrong with it."""
