"""Passing a page on: by links that load nothing, and that say nothing about who follows them.

Every service takes the words and the address from the link alone. Signal has no such link.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.public_address import public_address

MOST_LETTERS: Final = 200
"""With an address it still fits where the least fits, which is 280 letters on X and 300 on Bluesky."""
SUBSTITUTES: Final = ("share_text", "demand", "ask", "lead", "summary")
"""What an editor wrote to be shared; else what the page says in a sentence. Its title if it has none of them."""


@dataclass(frozen=True)
class Way:
    """A service by its own name, and the address that leads there with everything filled in."""

    name: str
    url: str


@dataclass(frozen=True)
class Sharing:
    """What is passed on of a page, and the ways to do it."""

    title: str
    text: str
    url: str

    @property
    def mail(self) -> str:
        """Opens a mail that is written but for whom it is to."""
        lines = "\r\n\r\n".join((self.text, self.url))
        return f"mailto:?{_asked(subject=self.title, body=lines)}"

    @property
    def services(self) -> list[Way]:
        """In no order of ours: those that go to people one knows first, then those that anybody can read."""
        both = f"{self.text} {self.url}"
        return [
            Way("WhatsApp", f"https://wa.me/?{_asked(text=both)}"),
            Way("Telegram", f"https://t.me/share/url?{_asked(url=self.url, text=self.text)}"),
            Way("Bluesky", f"https://bsky.app/intent/compose?{_asked(text=both)}"),
            # Mastodon's own page that asks which server one is on. What follows # stays in the browser.
            Way("Mastodon", f"https://share.joinmastodon.org/#{_asked(text=both)}"),
            Way("Facebook", f"https://www.facebook.com/sharer/sharer.php?{_asked(u=self.url)}"),
            Way("X", f"https://x.com/intent/post?{_asked(text=self.text, url=self.url)}"),
        ]


def sharing_of(page: Page) -> Sharing:
    """``page`` as it is passed on."""
    return Sharing(title=page.title, text=text_to_share(page), url=public_address(page))


def text_to_share(page: Page) -> str:
    """What the editor wrote for it, or the first of what the page has instead, cut between two words."""
    said = next((" ".join(text.split()) for name in SUBSTITUTES if (text := getattr(page, name, ""))), page.title)
    if len(said) <= MOST_LETTERS:
        return said
    short = Truncator(said).chars(MOST_LETTERS, truncate="")
    return _("%(beginning)s …") % {"beginning": (short.rpartition(" ")[0] or short).rstrip(" .,;:–—-")}


def _asked(**values: str) -> str:
    """A query whose spaces are %20: a plus would be read as a plus by mail programs."""
    return urlencode(values, quote_via=quote, safe="")
