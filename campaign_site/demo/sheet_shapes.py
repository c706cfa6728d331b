"""The pieces that only rights sheets are told with, before they become blocks. See campaign_site.demo.pieces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Say:
    """What to say: pairs of when, which may be empty, and the words."""

    sentences: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DoNotSign:
    """Papers not to sign."""

    papers: tuple[str, ...]


@dataclass(frozen=True)
class Contact:
    """Somebody to call."""

    name: str
    about: str
    number: str
    hours: str


@dataclass(frozen=True)
class Contacts:
    """Whom to call, the first first."""

    contacts: tuple[Contact, ...]
