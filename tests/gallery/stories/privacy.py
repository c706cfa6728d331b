"""What somebody sees of what is held about them, and how they get away."""

from collections.abc import Iterator
from typing import Final

from tests.gallery.stories.petitions import COUNT_ONLY, PETITION, sign
from tests.gallery.walk import Walk
from tests.journeys.staging import leaving_quickly

NO_TOKEN: Final = "x" * 43


def own_page(walk: Walk) -> Iterator[str]:
    walk.open_address("/privacy/")
    walk.press()
    yield "what is held: mistakes in the form"
    walk.open(PETITION)
    for tick in walk.page.locator("#sign [type=checkbox]").all():
        tick.check()
    walk.fill(name="Ada Example", email=walk.address, postcode="M1 1AE", comment="It happened to a neighbour.")
    walk.press("#sign button[type=submit]")
    walk.follow_mail()
    walk.press()
    walk.open_address("/privacy/")
    walk.fill(email=walk.address)
    walk.press()
    walk.open_mail(number=2, html=True)
    yield "mail: your link"
    walk.follow_mail(number=2)
    yield "what is held: yours"
    walk.page.locator("details:has([name=postcode]) > summary").click()
    walk.fill(postcode="nowhere")
    walk.press("details[open] button[type=submit]")
    yield "what is held: mistakes in a correction"


def no_cookie(walk: Walk) -> Iterator[str]:
    walk.open_address("/privacy/yours/")
    yield "what is held: paste the link"
    walk.open_address("/links/")
    yield "link: paste it"
    walk.page.goto(f"/links/{NO_TOKEN}/")
    yield "link: gone"
    sign(walk, COUNT_ONLY)
    walk.follow_mail()
    walk.press()


def leaving(walk: Walk) -> Iterator[str]:
    walk.staged.enter_context(leaving_quickly(walk.site, walk.page_id(COUNT_ONLY)))
    walk.open(COUNT_ONLY)
    yield "petition with the way out"
