"""What leaves the site in an organiser's hands: the list of who is registered."""
