"""A short list of people, and where uploads lie."""

from django.core.files.storage import storages

ROWS = [["email", "name", "updates"], *([f"p{number}@example.org", f"P {number}", "yes"] for number in range(25))]


def files():
    try:
        return storages["private"].listdir("imports")[1]
    except FileNotFoundError:
        return []
