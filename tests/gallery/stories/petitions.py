"""The states of a petition and of a signature."""

from collections.abc import Iterator
from typing import Final

from tests.gallery.walk import Walk
from tests.journeys.staging import altered

PETITION: Final = "carry-out-the-2016-report"
COUNT_ONLY: Final = "report-without-fear"
ENDED: Final = "drop-the-fines-in-harrowmere"


def sign(walk: Walk, slug: str = PETITION) -> None:
    """Sign, up to being told to look for the mail."""
    walk.open(slug)
    walk.fill(name="Ada Example", email=walk.address, postcode="M1 1AE", comment="It happened to a neighbour.")
    walk.press("#sign button[type=submit]")


def signing(walk: Walk) -> Iterator[str]:
    sign(walk)
    yield "petition: check your inbox"
    walk.press()
    yield "petition: no address to send it to again"
    walk.open_mail()
    yield "petition: mail in the mailbox"
    walk.open_mail(html=True)
    yield "mail: confirm your signature"
    walk.follow_mail()
    yield "petition: confirm"
    walk.press()
    yield "petition: thank you"
    walk.follow_mail(place=-1)
    yield "petition: take it back"
    walk.press()
    yield "petition: taken back"
    walk.page.goto(f"/petitions/{walk.page_id(PETITION)}/too-late/")
    yield "petition: too late"


def signing_again(walk: Walk) -> Iterator[str]:
    sign(walk, COUNT_ONLY)
    walk.follow_mail()
    walk.press()
    sign(walk, COUNT_ONLY)
    walk.open_mail(number=2, html=True)
    yield "mail: you have signed already"


def mistakes(walk: Walk) -> Iterator[str]:
    walk.open(PETITION)
    walk.fill(name="Ada Example", email="ada@nowhere", postcode="NOT A CODE", comment="It happened to a neighbour.")
    walk.press("#sign button[type=submit]")
    yield "petition: mistakes in the form"
    walk.open(COUNT_ONLY)
    walk.press("#sign button[type=submit]")
    yield "petition that only counts: mistakes in the form"


def ended(walk: Walk) -> Iterator[str]:
    petition = walk.page_id(ENDED)
    for state in ("closed", "handed_in", "not_won"):
        with altered(walk.site, "petitions_petitionpage", petition, state=state):
            walk.open(ENDED)
            yield f"petition: {state.replace('_', ' ')}"
