"""The demo campaign: its words as data, and the code that turns them into pages and signatures."""
