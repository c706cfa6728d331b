"""One walk through the running site, told by the names of fields and not by the words beside them.

So that it goes the same way in every language.
"""

import time
from contextlib import ExitStack
from typing import Final

from playwright.sync_api import Locator, Page

from tests.journeys.running_site import RunningSite
from tests.journeys.staging import anew
from tests.journeys.visitor import MAIL_WITHIN_S, Visitor, new_address

ENGLISH: Final = "en"
STANDING_FOR: Final = """
    SELECT page.id, page.url_path
    FROM wagtailcore_page original
    JOIN wagtailcore_page page USING (translation_key)
    JOIN wagtailcore_locale locale ON locale.id = page.locale_id
    WHERE original.slug = %s AND page.live AND locale.language_code = %s
"""
UNKNOWN: Final = 404


class NotInThisLanguage(Exception):
    """There is no such page in the language of the walk."""


class Walk:
    """A visitor with an address of their own who goes through the site in one language.

    Whatever is changed by way of ``staged`` is put back when the walk ends.
    """

    def __init__(self, site: RunningSite, visitor: Visitor, language: str, staged: ExitStack) -> None:
        self.site = site
        self.visitor = visitor
        self.language = language
        self.staged = staged
        self.address = new_address()

    @property
    def page(self) -> Page:
        return self.visitor.page

    def page_id(self, slug: str) -> int:
        """The number of the page that stands for ``slug``. Raises NotInThisLanguage."""
        return self._standing_for(slug)[0]

    def path_of(self, slug: str) -> str:
        """The address of the page that stands for ``slug``, below the origin. Raises NotInThisLanguage."""
        below_home = self._standing_for(slug)[1].lstrip("/").partition("/")[2]
        return f"{self._prefix}/{below_home}"

    def open(self, slug: str) -> None:
        """Type the address of a page, and get it as it is now."""
        self.page.goto(anew(self.path_of(slug)))

    def open_address(self, path: str) -> None:
        """Type an address that is no page's, below the language's own where there is such. Raises NotInThisLanguage."""
        answer = self.page.goto(f"{self._prefix}{path}")
        if self._prefix and answer is not None and answer.status == UNKNOWN:
            raise NotInThisLanguage(path)

    def fill(self, **fields: str) -> None:
        """Type into each field of that name that the page has."""
        for name, text in fields.items():
            field = self.page.locator(f"main [name={name}]:visible")
            if field.count():
                field.first.fill(text)

    def press(self, button: str = "button[type=submit]") -> None:
        """Press the first such button of the page's text."""
        self.button(button).click()
        self.page.wait_for_load_state()

    def button(self, button: str) -> Locator:
        return self.page.locator(f"main {button}:visible").first

    def open_mail(self, *, number: int = 1, html: bool = False) -> None:
        """Read the newest mail to this visitor once there are ``number``; with ``html`` as mail programs show it."""
        letters = self.page.locator(".mailbox__list li", has_text=f"to {self.address},")
        deadline = time.monotonic() + MAIL_WITHIN_S
        self.page.goto("/dev/mailbox/")
        while letters.count() < number and time.monotonic() < deadline:
            self.page.wait_for_timeout(300)
            self.page.reload()
        letters.first.get_by_role("link").click()
        if html:
            # Its frame lets no script run, and that stops axe as well; so it is shown as a page of its own.
            text = self.page.request.get(f"{self.page.url}html/").text()
            self.page.goto("about:blank")
            self.page.set_content(text)

    def follow_mail(self, *, number: int = 1, place: int = 0) -> None:
        """Follow a link of the newest mail: the first does what the mail is for, the last takes it back."""
        self.open_mail(number=number)
        self.visitor.follow_mail_link(place)
        self.page.wait_for_load_state()

    @property
    def _prefix(self) -> str:
        return "" if self.language == ENGLISH else f"/{self.language}"

    def _standing_for(self, slug: str) -> tuple[int, str]:
        rows = self.site.query(STANDING_FOR, slug, self.language)
        if not rows:
            raise NotInThisLanguage(slug)
        return rows[0][0], rows[0][1]
