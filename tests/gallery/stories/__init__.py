"""How one gets to the states that no address leads to."""
