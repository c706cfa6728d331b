"""Somebody with a browser: what they do on the site, and what their browser sees meanwhile."""

import re
import secrets
import time
from typing import Final

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, WebError, expect

COUNTED_WITHIN_S: Final = 10
MAIL_WITHIN_S: Final = 15
PATIENCE_MS: Final = 15_000
BAD_STATUS: Final = 400

expect.set_options(timeout=PATIENCE_MS)


class Visitor:
    """One browser profile with one tab.

    ``complaints`` are errors and warnings in the browser's console and uncaught errors of scripts.
    ``expected_failures`` are the statuses from 400 up that a journey means to meet.
    """

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.context = context
        self.origin = origin
        self.expected_failures: set[int] = set()
        self.requests: list[Request] = []
        self.responses: list[Response] = []
        self.complaints: list[str] = []
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        self.page: Page = context.new_page()

    @property
    def foreign_requests(self) -> list[str]:
        """Addresses asked for that are not this site's."""
        ours = (f"{self.origin}/", "data:", "blob:")
        return [request.url for request in self.requests if not request.url.startswith(ours)]

    @property
    def unexpected_failures(self) -> list[str]:
        """Answers with an error status that the journey did not mean to meet."""
        return [
            f"{response.status} {response.url}"
            for response in self.responses
            if response.status >= BAD_STATUS and response.status not in self.expected_failures
        ]

    def open(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Click the first link of that name."""
        self.page.get_by_role("link", name=name).first.click()

    def press(self, name: str) -> None:
        """Click the button of that name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def has_no_cookie(self) -> bool:
        return self.context.cookies() == []

    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def count(self) -> int:
        """The total that the petition page shows."""
        return int(re.sub(r"\D", "", self.page.locator("[data-count]").inner_text()))

    def sees_count(self, expected: int) -> None:
        """Reload the petition until it shows ``expected``, for as long as a total may take to change."""
        deadline = time.monotonic() + COUNTED_WITHIN_S
        while (shown := self.count()) != expected and time.monotonic() < deadline:
            self.page.wait_for_timeout(500)
            self.page.reload()
        assert shown == expected, f"The page shows {shown} and not {expected} after {COUNTED_WITHIN_S} s."

    def fill_in(self, email: str, *, name: str = "Ada Example", postcode: str = "M1 1AE", comment: str = "") -> None:
        """Type into every field of the petition's form that asks for it."""
        self.page.get_by_label("Your e-mail address").fill(email)
        if self.page.get_by_label("Your name").count():
            self.page.get_by_label("Your name").fill(name)
            self.page.get_by_label("Postcode").fill(postcode)
            self.page.get_by_label("Why you are signing").fill(comment)

    def sign(self, path: str, email: str, **fields: str) -> None:
        """Sign the petition at ``path``, up to being told to check the inbox."""
        self.open(path)
        self.fill_in(email, **fields)
        self.press("Sign")
        expect(self.heading()).to_have_text("Check your inbox")

    def open_mail(self, email: str) -> None:
        """Wait for the newest mail to ``email`` in the development mailbox, and read it."""
        self.open_mail_about(f"to {email},")

    def open_mail_about(self, words: str, *, within_s: float = MAIL_WITHIN_S) -> None:
        """Wait for the newest mail whose line in the development mailbox has ``words``, and read it."""
        deadline = time.monotonic() + within_s
        letter = self.page.locator(".mailbox__list li", has_text=words)
        self.open("/dev/mailbox/")
        while not letter.count() and time.monotonic() < deadline:
            self.page.wait_for_timeout(300)
            self.page.reload()
        letter.first.get_by_role("link").click()

    def follow_mail_link(self, place: int = 0) -> None:
        """Follow a link in the text of the mail: the first confirms, the last withdraws."""
        self.page.locator(".mailbox__text a").nth(place).click()

    def _on_request(self, request: Request) -> None:
        self.requests.append(request)

    def _on_response(self, response: Response) -> None:
        self.responses.append(response)

    def _on_console(self, message: ConsoleMessage) -> None:
        # An answer with an error status is left to `unexpected_failures`, which knows which are meant.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def _on_error(self, error: WebError) -> None:
        self.complaints.append(str(error.error))


def new_address() -> str:
    """An address nobody else in this run has."""
    return f"journey.{secrets.token_hex(5)}@example.org"
