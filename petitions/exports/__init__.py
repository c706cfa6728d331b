"""What leaves the site in an organiser's hands: the hand-in pack of a petition."""
