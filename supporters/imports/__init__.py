"""Files of people brought in: how they are read, what a row may change, how it is written and taken back."""
