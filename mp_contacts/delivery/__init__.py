"""Getting letters to the offices of members, and back to their writers where that fails."""
