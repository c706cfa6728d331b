"""What a page is called, what kind it is, and what it says in short: the same in results, previews and pictures."""

from typing import Final

from django.utils.text import Truncator
from wagtail.models import Page

SHORT: Final = 240
"""Characters of a summary."""

# In the order in which they say it best. A page type has one or two of these.
SAYING_IT_SHORT: Final = ("search_description", "summary", "lead", "ask", "demand", "statement")


def headline_of(page: Page) -> str:
    """What a stranger should read first: what a front page states, and the title of every other page."""
    return getattr(page, "statement", "") or page.title


def kind_of(page: Page) -> str:
    """What sort of page it is in a reader's words and language ("Petition"); "" for a page that is simply read."""
    return str(getattr(page, "kind_for_readers", ""))


def summary_of(page: Page) -> str:
    """Two or three lines of what the page says; "" if nobody wrote any."""
    said = next((text for name in SAYING_IT_SHORT if (text := getattr(page, name, ""))), "")
    return Truncator(" ".join(said.split())).chars(SHORT)
