"""The states of a webinar and of a registration."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from tests.gallery.walk import Walk
from tests.journeys.staging import altered

WEBINAR: Final = "before-you-call"
ENDED: Final = "who-is-believed"
LASTS: Final = timedelta(minutes=90)


def changed(walk: Walk, **values: Any) -> AbstractContextManager[None]:
    """The webinar is otherwise for a while."""
    return altered(walk.site, "events_eventpage", walk.page_id(WEBINAR), **values)


def register(walk: Walk) -> None:
    walk.open(WEBINAR)
    walk.fill(email=walk.address)
    walk.press("#register button[type=submit]")


def registering(walk: Walk) -> Iterator[str]:
    walk.staged.enter_context(changed(walk, capacity=None))
    walk.open(WEBINAR)
    walk.press("#register button[type=submit]")
    yield "event: mistakes in the form"
    register(walk)
    yield "event: check your inbox"
    walk.open_mail(html=True)
    yield "mail: confirm your registration"
    walk.follow_mail()
    yield "event: confirm"
    walk.press()
    yield "event: thank you"
    walk.open_mail(number=2, html=True)
    yield "mail: you have a place"
    walk.follow_mail(number=2, place=-1)
    yield "event: your registration"
    soon = timezone.now() + timedelta(minutes=5)
    with changed(walk, starts_at=soon, ends_at=soon + LASTS):
        walk.follow_mail(number=2, place=-1)
        yield "event: the door is open"
        walk.press("[action$='/join/'] button")
        yield "event: go in"
    walk.follow_mail(number=2, place=-1)
    walk.press("[action$='/cancel/'] button")
    yield "event: registration cancelled"
    walk.page.goto(f"/events/{walk.page_id(WEBINAR)}/too-late/")
    yield "event: too late"


def waiting(walk: Walk) -> Iterator[str]:
    walk.staged.enter_context(changed(walk, capacity=1))
    walk.open(WEBINAR)
    yield "event: full, with a waiting list"
    register(walk)
    walk.follow_mail()
    walk.press()
    yield "event: thank you, on the waiting list"
    walk.open_mail(number=2, html=True)
    yield "mail: you are on the waiting list"
    walk.follow_mail(number=2, place=-1)
    yield "event: your place on the waiting list"


def states(walk: Walk) -> Iterator[str]:
    now = timezone.now()
    with changed(walk, status="cancelled", status_note="Two of the speakers are ill. We are sorry."):
        walk.open(WEBINAR)
        yield "event: cancelled"
    with changed(walk, status="moved", status_note="The hall is not free on the day we said."):
        walk.open(WEBINAR)
        yield "event: moved"
    with changed(walk, closes_at=now - timedelta(hours=1)):
        walk.open(WEBINAR)
        yield "event: registration is closed"
    with changed(walk, starts_at=now - timedelta(days=1) - LASTS, ends_at=now - timedelta(days=1)):
        walk.open(WEBINAR)
        yield "event: over, and nothing to see yet"
