"""What pages, feeds and the organisers' workspace read about petitions."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from petitions.models import PetitionPage, PetitionState, ShownAs, Signature
from supporters.consent_boxes import AskedConsent, asked_by
from supporters.models import ConsentText, PrivacyMode
from supporters.models.one_action import original_id

SHOWN_COMMENTS = 12

# How long a web process may act on what it last read about a petition. Opening and closing times are
# compared with the clock on every request; this is only about an organiser's edits.
TERMS_SECONDS = 2


@dataclass(frozen=True)
class SigningTerms:
    """What the signing path needs to know of a petition, without loading the page.

    ``page_id`` and ``language`` are those of the page people read; signatures are kept on ``petition_id``, the
    original, whichever translation that is.
    """

    petition_id: int
    page_id: int
    language: str
    privacy_mode: str
    consent_text_id: int | None
    consent_wording: str
    opens_at: datetime | None
    closes_at: datetime | None
    is_collecting: bool
    further_consents: tuple[AskedConsent, ...] = ()

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        return (
            self.is_collecting
            and not (self.opens_at and now < self.opens_at)
            and not (self.closes_at and now >= self.closes_at)
        )

    @property
    def counts_only(self) -> bool:
        return self.privacy_mode == PrivacyMode.COUNT


def signing_terms(page_id: int) -> SigningTerms | None:
    """The terms of a live petition page, at most TERMS_SECONDS old; None when there is no such page."""
    return _signing_terms(page_id, int(time.monotonic() / TERMS_SECONDS))


@lru_cache(maxsize=256)
def _signing_terms(page_id: int, _moment: int) -> SigningTerms | None:
    row = (
        PetitionPage.objects.live()
        .public()
        .filter(pk=page_id)
        .annotate(original=original_id())
        .values_list(
            "original",
            Exists(Page.objects.live().filter(pk=OuterRef("original"))),
            "locale__language_code",
            "privacy_mode",
            "consent_text_id",
            "consent_text__wording",
            "opens_at",
            "closes_at",
            "state",
        )
        .first()
    )
    if row is None:
        return None
    petition_id, is_public, language, privacy_mode, consent_text_id, consent_wording, opens_at, closes_at, state = row
    return SigningTerms(
        petition_id=petition_id,
        page_id=page_id,
        language=language,
        privacy_mode=privacy_mode,
        consent_text_id=consent_text_id,
        consent_wording=consent_wording or "",
        opens_at=opens_at,
        closes_at=closes_at,
        is_collecting=is_public and state == PetitionState.COLLECTING,
        further_consents=further_consents(page_id) if consent_text_id else (),
    )


def further_consents(page_id: int) -> tuple[AskedConsent, ...]:
    """The boxes of a petition besides the first, in a fixed order."""
    on_page = PetitionPage.further_consents.through.objects.filter(petitionpage=page_id)
    return asked_by(ConsentText.objects.filter(pk__in=on_page.values("consenttext")))


@dataclass(frozen=True)
class PublicComment:
    """An approved comment as the signer chose to be shown."""

    name: str
    text: str
    language: str
    signed_on: date


def public_comments(petition: PetitionPage) -> list[PublicComment]:
    """The newest approved comments, those in the page's language first.

    The day is shown, never the hour: nobody's screen time is matched.
    """
    if petition.pk is None:  # in the preview of a page that is not kept yet
        return []
    is_foreign = ~Q(language=petition.locale.language_code)
    signatures = petition.original.signatures.with_public_comment().alias(is_foreign=is_foreign)
    shown = signatures.order_by("is_foreign", "-confirmed_at")[:SHOWN_COMMENTS]
    return [
        PublicComment(
            name=public_name(signature.name, signature.shown_as),
            text=signature.comment,
            language=signature.language,
            signed_on=timezone.localdate(signature.confirmed_at),
        )
        for signature in shown
    ]


def public_name(name: str, shown_as: str) -> str:
    """``name`` cut down to what its owner agreed to show; empty when they chose not to be shown."""
    words = name.split()
    shown: dict[str, Callable[[], str]] = {
        ShownAs.FULL_NAME: lambda: name,
        ShownAs.FIRST_NAME: lambda: words[0] if words else "",
        ShownAs.INITIALS: lambda: " ".join(f"{word[0]}." for word in words),
    }
    return shown.get(shown_as, str)()


def signature_by_id(signature_id: UUID) -> Signature | None:
    """A signature with its petition, for the mails and links that are about it."""
    return Signature.objects.select_related("petition", "consent_text").filter(pk=signature_id).first()


def confirmed_signatures(petition: PetitionPage) -> QuerySet[Signature]:
    """Confirmed signatures of ``petition``, the first first, with no more of a person than a hand-in needs."""
    return (
        Signature.objects.confirmed()
        .filter(petition=petition)
        .only("name", "postcode", "country", "confirmed_at")
        .order_by("confirmed_at", "pk")
    )


def confirmed_by_country(petition: PetitionPage) -> dict[str, int]:
    """How many confirmed signatures came from each country, by ISO 3166 code."""
    return _confirmed_by(petition, "country")


def confirmed_by_constituency(petition: PetitionPage) -> dict[str, int]:
    """How many confirmed signatures came from each constituency, by ONS code; those not known left out."""
    return {code: number for code, number in _confirmed_by(petition, "constituency_code").items() if code}


def _confirmed_by(petition: PetitionPage, column: str) -> dict[str, int]:
    signatures = Signature.objects.confirmed().filter(petition=petition)
    return dict(signatures.order_by().values_list(column).annotate(number=Count("pk")))
