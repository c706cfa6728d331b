"""What each page of the demo campaign says, before it becomes a page. The pieces are those of campaign_site.demo.pieces."""

from dataclasses import dataclass, field
from datetime import time, timedelta

from campaign_site.demo.pieces import Piece, Source


@dataclass(frozen=True)
class News:
    """An entry on a petition's timeline, ``days_ago`` days before the site was seeded."""

    days_ago: int
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Comment:
    """What one invented supporter wrote; ``name`` only where the language asks for a fitting one."""

    text: str
    language: str = "en"
    name: str = ""


@dataclass(frozen=True)
class Paper:
    """Signatures collected on sheets."""

    number: int
    note: str


@dataclass(frozen=True)
class PetitionText:
    """Everything a petition page says, and how many invented people have signed it.

    It opened ``days_open`` days ago; the last signature came ``collected_until`` days ago. ``comments`` and
    ``waiting_comments`` say how many of the invented comments it takes, read and unread by a moderator.
    """

    slug: str
    title: str
    addressed_to: str
    ask: str
    summary: str
    illustration: str
    story: tuple[Piece, ...]
    sources: tuple[Source, ...]
    milestones: tuple[tuple[int, str], ...]
    updates: tuple[News, ...]
    endorsements: tuple[str, ...]
    share_text: str
    thank_you_title: str
    thank_you: tuple[str, ...]
    next_slug: str
    signatures: int
    days_open: int
    paper: tuple[Paper, ...] = ()
    asks_to_take_part: bool = False
    closes_in: timedelta | None = None
    privacy_mode: str = "contactable"
    state: str = "collecting"
    collected_until: int = 0
    comments: int = 0
    waiting_comments: int = 0


@dataclass(frozen=True)
class Draft:
    """An opening draft for the MPs it fits; with ``says_no``, why not to write to them. What is empty fits all."""

    name: str
    text: str
    parties: str = ""
    country: str = ""
    stance: str = ""
    says_no: bool = False


@dataclass(frozen=True)
class LetterText:
    """Everything a page to write letters from says. ``points`` and ``prompts`` are pairs of a line and more on it."""

    slug: str
    title: str
    ask: str
    summary: str
    story: tuple[Piece, ...]
    sources: tuple[Source, ...]
    points: tuple[tuple[str, str], ...]
    prompts: tuple[tuple[str, str], ...]
    subjects: tuple[str, ...]
    drafts: tuple[Draft, ...]
    share_text: str
    thank_you_title: str
    thank_you: tuple[str, ...]
    next_slug: str
    offers_sending: bool = True


@dataclass(frozen=True)
class ParliamentText:
    """The page that shows where Parliament stands."""

    slug: str
    title: str
    lead: str
    body: tuple[Piece, ...]


@dataclass(frozen=True)
class SpeakerText:
    """Somebody who speaks; everybody on the demo site is invented."""

    name: str
    role: str
    organisation: str = ""
    pronouns: str = ""
    is_pseudonym: bool = False


@dataclass(frozen=True)
class EventText:
    """Everything the page of a webinar says, how many invented people registered, and what came of it.

    It begins ``starts_in`` days from the seeding, before it when negative, at ``begins`` by the clock of London.
    """

    slug: str
    title: str
    discreet_title: str
    summary: str
    illustration: str
    starts_in: int
    begins: time
    lasts: timedelta
    story: tuple[Piece, ...]
    sources: tuple[Source, ...]
    agenda: tuple[tuple[time, str, str], ...]
    speakers: tuple[SpeakerText, ...]
    access_note: tuple[str, ...]
    interpretation: str
    share_text: str
    thank_you_title: str
    thank_you: tuple[str, ...]
    next_slug: str
    capacity: int
    registered: int
    most_seats: int = 1
    joined: int = 0
    peak: int = 0
    recording_url: str = ""
    transcript: tuple[str, ...] = ()
    report: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class CampaignText:
    """Everything a campaign page says, and the pages under it."""

    slug: str
    title: str
    demand: str
    summary: str
    illustration: str
    body: tuple[Piece, ...]
    sources: tuple[Source, ...]
    petitions: tuple[PetitionText, ...] = field(default=())
    letters: tuple[LetterText, ...] = ()
    parliament: ParliamentText | None = None
    events: tuple[EventText, ...] = ()


@dataclass(frozen=True)
class StandardText:
    """A plain page: about us, privacy, contact."""

    slug: str
    title: str
    intro: str
    body: tuple[Piece, ...]
    sources: tuple[Source, ...] = ()
    is_in_menu: bool = False


@dataclass(frozen=True)
class ReportText:
    """A long report; ``authors`` are pairs of a name and, where they want it, more about them."""

    slug: str
    campaign_slug: str
    title: str
    description: str
    summary: tuple[str, ...]
    authors: tuple[tuple[str, str], ...]
    published_days_ago: int
    updated_days_ago: int
    body: tuple[Piece, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class SheetText:
    """A rights sheet; somebody read it through ``reviewed_days_ago`` days before the site was seeded."""

    slug: str
    title: str
    lead: str
    body: tuple[Piece, ...]
    sources: tuple[Source, ...]
    reviewed_days_ago: int


@dataclass(frozen=True)
class NewsText:
    """A piece of news, ``days_ago`` days before the site was seeded."""

    slug: str
    title: str
    summary: str
    days_ago: int
    body: tuple[Piece, ...]
    tags: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    is_press_release: bool = False
