"""Who may be mailed by another system, and what it is told of those who may not.

Every preset asks these questions and none has an answer of its own. There are two sides only: who
agreed to updates and still does, and everybody else. Somebody who was never asked stands with those
who said no, so a file that holds them against the default still subscribes nobody.
"""

import re
from functools import lru_cache
from typing import Final

from supporters.exports.presets.text import day, plain
from supporters.exports.rows import PersonRow
from supporters.models import Purpose, Suppression

INVITED: Final = "Agreed to invitations"
"""The tag of people who also agreed to be invited to take part."""

LOST_EVERYWHERE: Final = (
    "Somebody who agreed to invitations but not to updates arrives as somebody who is not to be mailed.",
    "Somebody who said no and agrees again later stays a no there, until somebody changes it by hand.",
    "The few addresses that a spreadsheet would take for a formula, such as =name@example.org, are left out.",
)
"""Losses that all targets share: each has one yes, a yes never overwrites a no, and cells come as they are."""

# What a spreadsheet would run, or reckon out, though it is a valid address.
FORMULA: Final = re.compile(r"=|[+@-].*[|!]")

# Nothing may be sent to these, not even what the person asks for.
NO_MAIL_AT_ALL: Final = frozenset(
    {Suppression.Reason.COMPLAINED, Suppression.Reason.BOUNCED, Suppression.Reason.BLOCKED}
)


def has_address(person: PersonRow) -> bool:
    """Whether there is an address to give away.

    ``=cmd|'/Ccalc'!A0+@evil.example`` is a valid address, and a command to a spreadsheet. Cells for importers
    carry no guard, so an address like that goes into no file at all: it is nobody's.
    """
    return bool(person.email) and not FORMULA.match(person.email)


def agreed(person: PersonRow) -> bool:
    """Whether ``person`` may be subscribed to updates."""
    return has_address(person) and person.may_be_written_to(Purpose.UPDATES)


def refused(person: PersonRow) -> bool:
    """Whether ``person`` goes where the target keeps those it must not mail: everybody who did not agree."""
    return has_address(person) and not agreed(person)


def bounced(person: PersonRow) -> bool:
    """Whether the mailbox alone stands in the way. A no of their own weighs more than a full mailbox."""
    standing = person.consents.get(Purpose.UPDATES)
    said_no = standing is not None and standing.choice == "withdrawn"
    return refused(person) and person.suppressed == Suppression.Reason.BOUNCED and not said_no


def unsubscribed(person: PersonRow) -> bool:
    """Whether ``person`` must not be mailed for another reason than a mailbox that is gone."""
    return refused(person) and not bounced(person)


def must_get_no_mail(person: PersonRow) -> bool:
    """Whether not even a single mail may go to ``person``: the address bounced, complained or is blocked."""
    return person.suppressed in NO_MAIL_AT_ALL


def agreed_on(person: PersonRow) -> str:
    """The day they agreed to updates; empty for whoever may not be written to."""
    return day(person.consents[Purpose.UPDATES].asked_at) if agreed(person) else ""


def agreed_to(person: PersonRow) -> str:
    """Which wording they agreed to, such as ``updates, version 3 (en), Example Campaign``."""
    if not agreed(person):
        return ""
    standing = person.consents[Purpose.UPDATES]
    return _wording(standing.text_version, standing.text_language, standing.controller)


def tags(person: PersonRow) -> list[str]:
    """The pages they acted on, in order and once each, and that they may be invited where they agreed to it."""
    # No page may lend its visitors the tag by being called the same.
    pages = [title for title in map(_title, person.took_part) if title and title.casefold() != INVITED.casefold()]
    invited = [INVITED] if person.may_be_written_to(Purpose.TAKING_PART) else []
    return list(dict.fromkeys([*invited, *pages]))


# Pages and wordings are few, and the same for a million people.
_title = lru_cache(maxsize=2_000)(plain)


@lru_cache(maxsize=2_000)
def _wording(version: int, language: str, controller: str) -> str:
    return plain(f"{Purpose.UPDATES}, version {version} ({language}), {controller}")
