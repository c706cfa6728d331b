"""Every page type and state of the site: its name in the gallery, and how one gets there.

A page that is simply opened is one line in `PAGES`: its name, and the slug of a page of the demo campaign. What has an
address of its own and no page is one line in `ADDRESSES`. What has to be walked to is a story in `stories/` that yields
the name of each state when it stands there; a new one is added to `STORIES`.
"""

from collections.abc import Callable, Iterator
from typing import Final

from tests.gallery.stories import events, faults, letters, petitions, privacy, workspace
from tests.gallery.walk import Walk

Story = Callable[[Walk], Iterator[str]]

PAGES: Final = {
    "home": "safe-to-report",
    "campaign": "amnesty-from-arrest",
    "campaign with what was won": "decriminalise-for-safety",
    "campaign with one petition": "change-vawg-policy",
    "report": "access-to-justice",
    "standard page": "about",
    "standard page with steps": "help-and-rights",
    "contact": "contact",
    "petition": "carry-out-the-2016-report",
    "petition that only counts": "report-without-fear",
    "petition that was won": "drop-the-fines-in-harrowmere",
    "letter": "ask-your-mp",
    "letter from one's own mail": "write-about-the-2016-report",
    "where Parliament stands": "where-parliament-stands",
    "event": "before-you-call",
    "event that is over": "who-is-believed",
    "rights sheets": "know-your-rights",
    "rights sheet": "if-the-police-come-to-the-door",
    "news": "news",
    "news item": "a-promise-in-writing",
    "press room": "press",
}

ADDRESSES: Final = {
    "your privacy": "/your-privacy/",
    "what is held: ask": "/privacy/",
    "what is held: look at your inbox": "/privacy/sent/",
    "what is held: erased": "/privacy/erased/",
    "staying": "/staying/",
    "leaving quickly: what it can do": "/leaving-quickly/",
    "letter answer told": "/letters/answered/",
    "mailbox for trying out": "/dev/mailbox/",
    "search": "/search/",
    "search: found": "/search/?q=police",
    "search: nothing found": "/search/?q=xylophone",
}

STORIES: Final[tuple[Story, ...]] = (
    petitions.signing,
    petitions.signing_again,
    petitions.mistakes,
    petitions.ended,
    letters.writing,
    letters.choosing,
    letters.own_mail,
    letters.closed,
    events.registering,
    events.waiting,
    events.states,
    privacy.own_page,
    privacy.no_cookie,
    privacy.leaving,
    faults.faults,
    workspace.patterns,
)


def all_stories() -> Iterator[tuple[str, Story]]:
    """Every story of the gallery, with a name for reports."""
    for name, slug in PAGES.items():
        yield name, _opening(name, slug)
    for name, path in ADDRESSES.items():
        yield name, _typing(name, path)
    for story in STORIES:
        yield f"{story.__module__.rpartition('.')[2]}: {story.__name__.replace('_', ' ')}", story


def _opening(name: str, slug: str) -> Story:
    def story(walk: Walk) -> Iterator[str]:
        walk.open(slug)
        yield name

    return story


def _typing(name: str, path: str) -> Story:
    def story(walk: Walk) -> Iterator[str]:
        walk.open_address(path)
        yield name

    return story
