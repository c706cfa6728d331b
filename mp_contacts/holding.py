"""Why a person should look at a letter before it leaves. Nothing here refuses anything."""

import re
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.html import strip_tags

from mp_contacts.fingerprints import hashes_in, likeness
from mp_contacts.mail_kinds import CONFIRM_MAIL
from mp_contacts.models import HoldReason, Letter, LetterVariant, TalkingPoint
from mp_contacts.threats import may_threaten
from supporters.identity import canonical_address, mailbox_key
from supporters.models import ActionState, Message
from supporters.seats import seat_of

FLOOD_WITHIN: Final = timedelta(days=1)
FLOOD_OF: Final = 20
"""So many others, nearly the same, and it is a flood."""
NEARLY_THE_SAME: Final = 0.8
OWN_HASHES: Final = 12
"""Fewer stand for a sentence or less: many people say a short thing alike."""
LOOKED_AT: Final = 1000
"""A flood comes at once, so the newest letters show it; a day's could be a hundred thousand."""
FROM_ONE_MAILBOX: Final = 4

# What letters on the law may well point at.
KNOWN_SITES: Final = ("parliament.uk", "gov.uk", "legislation.gov.uk", "theyworkforyou.com", "gov.wales", "gov.scot")
LINK: Final = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
BARE_SITE: Final = re.compile(
    r"(?<![@\w.-])(?:[a-z0-9-]+\.)+"
    r"(?:com|net|org|info|biz|co|io|ru|cn|xyz|link|top|uk|eu|wales|scot|tv|app|dev|site|online|shop|club|ly|gl|tk)\b"
    r"(?!@)",
    re.IGNORECASE,
)
POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[ \t]*\d[A-Z]{2}\b", re.IGNORECASE)


def reasons_to_hold(letter: Letter) -> list[HoldReason]:
    """Everything that speaks for looking at ``letter`` first, in a fixed order; empty for most letters."""
    checks = {
        HoldReason.FLOOD: _is_of_a_flood,
        HoldReason.THREAT: _may_threaten,
        HoldReason.LINKS: _has_links,
        HoldReason.OTHER_SEAT: _wrote_to_another_seat,
        HoldReason.OTHER_POSTCODE: _lives_in_another_seat,
        HoldReason.FROM_THE_MEMBER: _is_from_the_member,
    }
    return [reason for reason, speaks_for_it in checks.items() if speaks_for_it(letter)]


def _is_of_a_flood(letter: Letter) -> bool:
    return _many_like_it(letter) or _many_from_its_mailbox(letter)


def _many_like_it(letter: Letter) -> bool:
    own = hashes_in(bytes(letter.fingerprint or b""))
    if len(own) < OWN_HASHES:
        return False
    newest = (
        Letter.objects.filter(page=letter.page_id, created_at__gt=Now() - FLOOD_WITHIN, fingerprint__isnull=False)
        .exclude(Q(pk=letter.pk) | Q(person_key=letter.person_key))
        .order_by("-created_at")
        .values_list("fingerprint", flat=True)[:LOOKED_AT]
    )
    return sum(likeness(own, hashes_in(bytes(other or b""))) >= NEARLY_THE_SAME for other in newest) >= FLOOD_OF


def _many_from_its_mailbox(letter: Letter) -> bool:
    """Whether aliases of one mailbox wrote many letters: known by the outbox, which keeps that for a day."""
    letters = Letter.objects.filter(page=letter.page_id, created_at__gt=Now() - FLOOD_WITHIN)
    asked = Message.objects.filter(
        kind=CONFIRM_MAIL, mailbox_key=mailbox_key(letter.email), subject_id__in=letters.values("pk")
    )
    return asked.values("subject_id").distinct().count() > FROM_ONE_MAILBOX


def _may_threaten(letter: Letter) -> bool:
    return may_threaten(letter.subject) or may_threaten(letter.body)


def _has_links(letter: Letter) -> bool:
    written = sites_in(f"{letter.subject}\n{letter.body}")
    unknown = {site for site in written if not _is_known(site)}
    return bool(unknown and unknown - _sites_on_page(letter.page_id))


def sites_in(text: str) -> set[str]:
    """The host names that ``text`` points at, in lower case; the domains of e-mail addresses are none."""
    linked = {_host_of(link) for link in LINK.findall(text)}
    return linked | {site.lower() for site in BARE_SITE.findall(LINK.sub(" ", text))}


def _host_of(link: str) -> str:
    """Where ``link`` leads; the link itself where that cannot be told, which is then nowhere known."""
    try:
        return (urlsplit(link).hostname or link).rstrip(".,;:)")
    except ValueError:
        return link


def _is_known(site: str) -> bool:
    own = urlsplit(settings.PUBLIC_ORIGIN).hostname or ""
    return any(site == known or site.endswith(f".{known}") for known in (*KNOWN_SITES, own) if known)


def _sites_on_page(page_id: int) -> set[str]:
    """What the page's own drafts and talking points point at."""
    drafts = LetterVariant.objects.filter(page=page_id).values_list("text", flat=True)
    points = TalkingPoint.objects.filter(page=page_id).values_list("body", flat=True)
    return sites_in("\n".join([*drafts, *map(strip_tags, points)]))


def _wrote_to_another_seat(letter: Letter) -> bool:
    others = Letter.objects.filter(page=letter.page_id, person_key=letter.person_key, state=ActionState.CONFIRMED)
    return others.exclude(pk=letter.pk).exclude(constituency_code=letter.constituency_code).exists()


def _lives_in_another_seat(letter: Letter) -> bool:
    """Whether a postcode that the office will read lies in another seat, as far as we know."""
    seats = {seat_of(postcode) for postcode in [letter.postcode, *POSTCODE.findall(letter.address)]}
    return bool(seats - {"", letter.constituency_code})


def _is_from_the_member(letter: Letter) -> bool:
    theirs = {canonical_address(address) for address in (letter.member.email, letter.member.own_email) if address}
    return canonical_address(letter.email) in theirs
