"""What pages, mails and the organisers' workspace read about members and letters."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from mp_contacts.models import (
    Constituency,
    Letter,
    LetterPage,
    LetterPageState,
    LetterSettings,
    Member,
    Position,
)
from supporters.consent_boxes import AskedConsent, asked_by
from supporters.identity import email_key, normalise_address, person_key
from supporters.models import ConsentText, PrivacyMode


class Obstacle(Enum):
    """Why no letter of ours can go to a seat now. The value is the key of its explanation in the templates."""

    DISSOLVED = "dissolved"
    VACANT = "vacant"
    OPTED_OUT = "opted_out"
    NO_ADDRESS = "no_address"
    FAILING = "failing"


def seat_by_code(code: str) -> Constituency | None:
    """The seat ``code``, with the member who holds it."""
    return Constituency.objects.select_related("member").filter(pk=code).first()


def member_of(seat: Constituency) -> Member | None:
    """Who holds ``seat``; None while it is vacant."""
    return getattr(seat, "member", None)


def obstacle_to(member: Member | None) -> Obstacle | None:
    """Why we cannot send ``member`` a letter now; None when we can. Asked again when a letter is sent."""
    return Obstacle.DISSOLVED if LetterSettings.load().is_dissolved else obstacle_of(member)


def obstacle_of(member: Member | None) -> Obstacle | None:
    """What stands against letters to ``member`` alone, whatever becomes of Parliament."""
    if member is None or member.constituency_id is None:
        return Obstacle.VACANT
    if member.is_opted_out:
        return Obstacle.OPTED_OUT
    if not member.letter_address:
        return Obstacle.NO_ADDRESS
    return Obstacle.FAILING if member.failing_since else None


def where_member_stands(member: Member, campaign_id: int) -> Position | None:
    """The newest public position of ``member`` on a campaign; None when nothing is known."""
    return member.positions.filter(campaign=campaign_id, is_public=True).first()


@dataclass(frozen=True)
class LetterTerms:
    """What taking a letter needs to know of its page.

    ``language`` and consents are those of the page people read; letters are kept on ``page_id``, the original.
    """

    page_id: int
    campaign_id: int
    language: str
    letter_language: str
    privacy_mode: str
    controller: str
    offers_sending: bool
    consent_text_id: int | None
    consent_wording: str
    opens_at: datetime | None
    closes_at: datetime | None
    is_writing: bool
    further_consents: tuple[AskedConsent, ...] = ()

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        return (
            self.is_writing
            and not (self.opens_at and now < self.opens_at)
            and not (self.closes_at and now >= self.closes_at)
        )

    @property
    def counts_only(self) -> bool:
        return self.privacy_mode == PrivacyMode.COUNT


def letter_terms(page_id: int) -> LetterTerms | None:
    """The terms of a live letter page; None when there is no such page."""
    page = LetterPage.objects.live().public().select_related("locale", "consent_text").filter(pk=page_id).first()
    if page is None:
        return None
    asks = page.consent_text is not None and not page.counts_only
    return LetterTerms(
        page_id=page.original.pk,
        campaign_id=page.original.get_parent().pk,
        language=page.locale.language_code,
        letter_language=page.letter_language,
        privacy_mode=page.privacy_mode,
        controller=page.controller,
        offers_sending=page.offers_sending,
        consent_text_id=page.consent_text_id if asks else None,
        consent_wording=page.consent_text.wording if asks and page.consent_text else "",
        opens_at=page.opens_at,
        closes_at=page.closes_at,
        is_writing=page.takes_part and page.state == LetterPageState.WRITING,
        further_consents=_further_consents(page_id) if asks else (),
    )


def _further_consents(page_id: int) -> tuple[AskedConsent, ...]:
    """The boxes of a page besides the first, in a fixed order."""
    on_page = LetterPage.further_consents.through.objects.filter(letterpage=page_id)
    return asked_by(ConsentText.objects.filter(pk__in=on_page.values("consenttext")))


def letter_by_id(letter_id: UUID) -> Letter | None:
    """A letter with its page and member, for the mails and links that are about it."""
    return Letter.objects.select_related("page", "member", "consent_text").filter(pk=letter_id).first()


def letters_of_address(address: str) -> QuerySet[Letter]:
    """Every letter that can still be traced to ``address``, newest first, by keyed hashes alone.

    Raises ValueError when it is no address.
    """
    normalise_address(address)
    pages = LetterPage.objects.values_list("pk", flat=True)
    keys = [person_key(page_id=page, address=address) for page in pages]
    found = Q(supporter__email_key=email_key(address)) | Q(person_key__in=keys)
    return Letter.objects.filter(found).select_related("page", "member").order_by("-created_at")
