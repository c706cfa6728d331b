"""Somebody who writes to their MP through the public pages."""

from typing import Any, cast

from django.test import Client

from mp_contacts.models import LetterPage, Member
from mp_contacts.postcodes import store_directory
from tests.factories.mp_contacts import DRAFT, ConstituencyFactory, LetterPageFactory, MemberFactory

POSTCODE = "ZE1 1AA"
OWN = "I run a small bakery in the high street, and two of the women who work for me are afraid to ring the police."


def letter_data(member: Member, **typed: str) -> dict[str, str]:
    """What a browser posts from the page people write on."""
    return {
        "constituency": member.constituency_id or "",
        "subject": "Safety for people who report violence",
        "own_subject": "",
        "body": f"Dear {member.name},\r\n\r\n{DRAFT}\r\n\r\n{OWN}\r\n\r\nYours sincerely,",
        "name": "Ada Example",
        "email": "ada@example.org",
        "address": "1 Lantern Street\r\nHarrowmere",
        "postcode": POSTCODE,
        **typed,
    }


class Writer:
    """A page, a member whose seat ``POSTCODE`` lies in, and somebody who writes to them."""

    def __init__(self, client: Client, **page: Any) -> None:
        self.client = client
        self.page = cast("LetterPage", LetterPageFactory(title="Safe to report", slug="safe-to-report", **page))
        seat = ConstituencyFactory(code="X00000901", name="Harrowmere")
        self.member = cast("Member", MemberFactory(name="Jo Lantern", constituency=seat))
        store_directory(edition="Test", pairs=[(POSTCODE, str(seat.code))])

    def post(self, act: str = "", **typed: str) -> Any:
        """Send exactly ``typed``."""
        return self.client.post(self.page.write_url, {**({"act": act} if act else {}), **typed})

    def send(self, act: str = "send", **typed: str) -> Any:
        """Send a whole letter, but for what is ``typed``."""
        return self.post(act, **letter_data(self.member, **typed))


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    return text
