"""The pieces that the demo campaign's words are told with, before they become blocks.

Text may hold `<b>` and `<i>` (sources may not), and footnote references: `[2]` is the second source of its page.
"""

from dataclasses import dataclass

from campaign_site.demo.campaign_shapes import Endorsers, Questions, Told, Wins
from campaign_site.demo.sheet_shapes import Contacts, DoNotSign, Say


@dataclass(frozen=True)
class Source:
    """Where a fact comes from, and a link only where we are certain of it."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Text:
    """Paragraphs, in order."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """A list of sentences under a title."""

    title: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Steps:
    """Numbered demands or steps: each a line to say aloud, and what more there is to say (may be empty)."""

    title: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Timeline:
    """What happened when, the oldest first."""

    title: str
    events: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figure:
    """One number set large (12 characters at most), what it counts, and the number of its source on the page."""

    value: str
    meaning: str
    reference: int


@dataclass(frozen=True)
class Voice:
    """Somebody speaking. Everybody who speaks on the demo site is invented."""

    words: str
    who: str


@dataclass(frozen=True)
class Ask:
    """A link to something to do: the slug of its page, and the words on the button."""

    slug: str
    label: str
    reason: str


@dataclass(frozen=True)
class Chart:
    """Figures drawn as bars: each a label and a decimal number. ``told`` says what is to be seen."""

    title: str
    told: str
    unit: str
    rows: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True)
class Table:
    """Rows under a head; the first cell of each row is its header."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Divider:
    """The canopy, drawn across the column."""


Piece = (
    Heading
    | Text
    | Facts
    | Steps
    | Timeline
    | Figure
    | Voice
    | Told
    | Wins
    | Endorsers
    | Questions
    | Say
    | DoNotSign
    | Contacts
    | Ask
    | Chart
    | Table
    | Divider
)
