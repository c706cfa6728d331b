"""The steps of writing to an MP."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from campaign_site.demo.parliament import WRITE_HERE
from tests.gallery.walk import Walk
from tests.journeys.staging import altered

SENT_FOR_YOU: Final = "ask-your-mp"
OWN_MAIL_ONLY: Final = "write-about-the-2016-report"
UNKNOWN_POSTCODE: Final = "ZA99 9ZZ"
DISCOURAGED: Final = "ZA4 1AA"
NOBODYS_QUESTION: Final = UUID(int=7)


def find_member(walk: Walk, slug: str, postcode: str = WRITE_HERE) -> None:
    walk.open(slug)
    walk.fill(postcode=postcode)
    walk.press("#write button[type=submit]")


def writing(walk: Walk) -> Iterator[str]:
    find_member(walk, SENT_FOR_YOU)
    yield "letter: write"
    walk.press("[value=preview]:not(.visually-hidden)")
    yield "letter: mistakes in the form"
    walk.page.locator("[name=subject]").first.check()
    walk.fill(name="Ada Example", email=walk.address, address="1 Ropewalk\nLantern Hill")
    walk.press("[value=preview]:not(.visually-hidden)")
    yield "letter: as the office gets it"
    walk.press("[value=send]")
    yield "letter: check your inbox"
    walk.open_mail(html=True)
    yield "mail: confirm your letter"
    walk.follow_mail()
    yield "letter: confirm"
    walk.press()
    yield "letter: thank you"
    walk.follow_mail(place=-1)
    yield "letter: it has left"


def choosing(walk: Walk) -> Iterator[str]:
    find_member(walk, SENT_FOR_YOU, UNKNOWN_POSTCODE)
    yield "letter: postcode that nobody knows"
    letters = walk.page_id(SENT_FOR_YOU)
    walk.page.goto(f"/letters/{letters}/choose/")
    yield "letter: choose a constituency"
    walk.page.goto(f"/letters/{letters}/looking/{NOBODYS_QUESTION}/")
    yield "letter: postcode was not found"
    find_member(walk, SENT_FOR_YOU, DISCOURAGED)
    yield "letter: please do not write to this MP"
    walk.page.goto(f"/letters/{letters}/withdrawn/")
    yield "letter: taken back"
    walk.page.goto(f"/letters/{letters}/too-late/")
    yield "letter: too late"


def own_mail(walk: Walk) -> Iterator[str]:
    find_member(walk, OWN_MAIL_ONLY)
    yield "letter from one's own mail: write"
    walk.page.locator("details.promise summary").first.click()
    walk.press("[formaction*=print]")
    yield "letter: on paper"
    find_member(walk, OWN_MAIL_ONLY)
    walk.press("[form=count-me]")
    yield "letter from one's own mail: counted"


def closed(walk: Walk) -> Iterator[str]:
    letters = walk.page_id(SENT_FOR_YOU)
    with altered(walk.site, "mp_contacts_letterpage", letters, closes_at=timezone.now() - timedelta(days=2)):
        walk.open(SENT_FOR_YOU)
        yield "letter: closed"
