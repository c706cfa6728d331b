"""The pieces that only campaign pages are told with, before they become blocks. See campaign_site.demo.pieces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A voice on a campaign page: ``note`` says what it is about, and stands alone at first when ``is_covered``."""

    words: str
    who: str
    note: str = ""
    is_covered: bool = False


@dataclass(frozen=True)
class Win:
    """One thing won, ``on`` a year or a day (1995, 2016-05, 2016-05-26)."""

    on: str
    title: str
    text: str
    source: str
    link: str = ""


@dataclass(frozen=True)
class Wins:
    """What has been won; the page sorts it by time."""

    wins: tuple[Win, ...]


@dataclass(frozen=True)
class Endorsers:
    """Invented organisations that stand behind a campaign."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Questions:
    """What people ask, and the answer: pairs."""

    questions: tuple[tuple[str, str], ...]
