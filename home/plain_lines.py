"""Text for what machines read: feeds and calendars."""

from unicodedata import category


def plain_line(text: str) -> str:
    """``text`` on one line and without control characters: slides leave some in what is pasted, and no feed may
    hold them."""
    return "".join(" " if category(character) == "Cc" else character for character in text)
