"""What somebody should have in hand who goes to see a member of Parliament."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from home.models import CampaignPage
from mp_contacts.models import Answer, LetterPage, Member, Position
from mp_contacts.overview import letters_to
from mp_contacts.reply_figures import PageFigures, reply_figures
from supporters.models.one_action import originals

SMALLEST_PRINTED: Final = 10
"""A sheet of paper is left on tables: fewer people than this are not counted out on it."""


@dataclass(frozen=True)
class CampaignBrief:
    """One campaign, as far as it concerns one member."""

    title: str
    asks: list[str]
    """What the live letter pages of the campaign ask of members."""
    positions: list[Position]
    """What the member said or did, newest first; those that are not public too."""
    letters: str
    replies: list[tuple[str, str]]
    """What the writers say became of their letters, in words, and how many; empty when too few told."""


@dataclass(frozen=True)
class Briefing:
    """Everything on the sheet about ``member``."""

    member: Member
    campaigns: list[CampaignBrief]

    @property
    def seat(self) -> str:
        """The seat held now, or that there is none."""
        return self.member.constituency.name if self.member.constituency else "Holds no seat now"


def briefing_about(member: Member) -> Briefing:
    """The briefing sheet about ``member``: every campaign that asks members for something, or knows of a position."""
    pages = list(originals(LetterPage.objects.live().only("title", "ask", "path", "depth")).order_by("title"))
    positions = list(member.positions.select_related("campaign").defer("campaign__body"))
    campaigns = {page.pk: page for page in originals(CampaignPage.objects.live().only("title", "path", "depth"))}
    campaigns |= {position.campaign_id: position.campaign for position in positions}
    letters, figures = letters_to(member), reply_figures([member])[member.pk].by_page
    briefs = []
    for campaign in sorted(campaigns.values(), key=lambda campaign: str(campaign.title)):
        below = [page for page in pages if page.path.startswith(campaign.path)]
        said = [position for position in positions if position.campaign_id == campaign.pk]
        if below or said:
            briefs.append(_brief(campaign, below, said, letters, figures))
    return Briefing(member, briefs)


def in_print(number: int) -> str:
    """``number`` of people as a sheet says it: exactly from ten up."""
    if number == 0:
        return "none"
    return f"{number:,}" if number >= SMALLEST_PRINTED else f"fewer than {SMALLEST_PRINTED}"


def _brief(
    campaign: CampaignPage,
    pages: list[LetterPage],
    positions: list[Position],
    letters: Mapping[int, int],
    figures: Mapping[int, PageFigures],
) -> CampaignBrief:
    return CampaignBrief(
        title=campaign.title,
        asks=[page.ask for page in pages],
        positions=positions,
        letters=in_print(sum(letters.get(page.pk, 0) for page in pages)),
        replies=_replies(figures[page.pk] for page in pages if page.pk in figures),
    )


def _replies(figures: Iterable[PageFigures]) -> list[tuple[str, str]]:
    known = list(figures)
    counts = {answer: sum(one.answers.get(answer, 0) for one in known) for answer in Answer}
    if sum(counts.values()) < SMALLEST_PRINTED:
        return []
    return [(answer.label, in_print(number)) for answer, number in counts.items() if number]
