"""How often members answer, as far as the people who wrote to them have told us.

A lead for organisers and no league table: few people tell, and who was answered badly is likelier to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count

from mp_contacts.models import Answer, Letter, LetterStage, Member, Reply
from supporters.small_numbers import PUBLIC_RULE

EXPECTED_ONE: Final = (Answer.YES, Answer.UNSATISFACTORY, Answer.NO)


@dataclass(frozen=True)
class PageFigures:
    """What came back of the letters to one member: on one page, or altogether. Numbers of letters."""

    sent: int = 0
    answers: Mapping[str, int] = field(default_factory=dict)
    """By Answer; kinds that nobody chose are missing."""

    @property
    def told(self) -> int:
        """How many writers told us what became of it."""
        return sum(self.answers.values())

    @property
    def asked_for_one(self) -> int:
        """How many of those had asked for an answer."""
        return sum(self.answers.get(answer, 0) for answer in EXPECTED_ONE)

    @property
    def rate(self) -> int | None:
        """Percent of them who were answered what they asked; None when nobody told. For organisers."""
        if not self.asked_for_one:
            return None
        return round(100 * self.answers.get(Answer.YES, 0) / self.asked_for_one)

    @property
    def public_rate(self) -> int | None:
        """``rate`` rounded to 5 percent; None where so few told that it would point at somebody."""
        if self.rate is None or self.asked_for_one < PUBLIC_RULE.smallest_shown:
            return None
        return round(self.rate / PUBLIC_RULE.rounded_to) * PUBLIC_RULE.rounded_to

    @property
    def public_sent(self) -> int | None:
        """``sent`` as it may be printed for everybody; None below ten."""
        return PUBLIC_RULE.show(self.sent) if self.sent >= PUBLIC_RULE.smallest_shown else None


@dataclass(frozen=True)
class ReplyFigures(PageFigures):
    """The figures of one member, altogether and by the number of the page they were written from."""

    by_page: Mapping[int, PageFigures] = field(default_factory=dict)


def reply_figures(members: Iterable[Member]) -> dict[int, ReplyFigures]:
    """The figures of each of ``members``, by their primary keys; of zeros, where nothing was sent. Two queries.

    A letter that was sent and later erased is in no figure of letters any more; what was told about it stays.
    """
    keys = [member.pk for member in members]
    sent: dict[int, dict[int, int]] = {key: {} for key in keys}
    answers: dict[int, dict[int, dict[str, int]]] = {key: {} for key in keys}
    letters = Letter.objects.filter(member__in=keys, stage__in=[LetterStage.SENT, LetterStage.DELIVERED])
    for member, page, number in letters.values_list("member", "page").annotate(number=Count("pk")):
        sent[member][page] = number
    replies = Reply.objects.filter(member__in=keys).order_by()
    for member, page, answer, number in replies.values_list("member", "page", "answer").annotate(number=Count("pk")):
        answers[member].setdefault(page, {})[answer] = number
    return {key: _figures(sent[key], answers[key]) for key in keys}


def _figures(sent: dict[int, int], answers: dict[int, dict[str, int]]) -> ReplyFigures:
    by_page = {page: PageFigures(sent.get(page, 0), answers.get(page, {})) for page in sorted({*sent, *answers})}
    kinds = {kind for on_page in answers.values() for kind in on_page}
    return ReplyFigures(
        sent=sum(sent.values()),
        answers={kind: sum(on_page.get(kind, 0) for on_page in answers.values()) for kind in sorted(kinds)},
        by_page=by_page,
    )
