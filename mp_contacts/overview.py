"""What the organisers' workspace reads about letters and members: figures, queues, and what is not there yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q, QuerySet

from home.models import CampaignPage
from mp_contacts.models import (
    Constituency,
    Letter,
    LetterPage,
    LetterSettings,
    LetterStage,
    LetterTotals,
    Member,
    MemberSync,
    PostcodeDirectory,
    Reply,
    SelfSentLetter,
)
from supporters.models import ActionState
from supporters.models.one_action import originals

COUNT_WAITING = Count("pk", filter=Q(stage__in=[LetterStage.QUEUED, LetterStage.SENDING]))
COUNT_HELD = Count("pk", filter=Q(stage=LetterStage.HELD))
# Neither what nobody confirmed, nor what an organiser refused, is a letter somebody wrote to their MP.
WRITTEN = Q(state=ActionState.CONFIRMED) & ~Q(stage=LetterStage.REFUSED)


def letter_page_choices() -> QuerySet[LetterPage]:
    """Every page that people write from, by title, without its story."""
    return originals(LetterPage.objects.only("title")).order_by("title")


def campaign_choices() -> QuerySet[CampaignPage]:
    """Every campaign by title."""
    return originals(CampaignPage.objects.only("title", "path", "depth")).order_by("title")


def parties() -> list[str]:
    """Every party that somebody known is of."""
    return list(Member.objects.order_by("party").values_list("party", flat=True).distinct())


def letters_by_member(members: Iterable[Member]) -> dict[int, int]:
    """How many letters were written to each of ``members``, by their keys; none where it is missing. One query."""
    written = Letter.objects.filter(WRITTEN, member__in=[member.pk for member in members]).order_by()
    return dict(written.values_list("member").annotate(number=Count("pk")))


def letters_to(member: Member) -> dict[int, int]:
    """How many letters people wrote to ``member``, by the key of the page: through us, and from their own mail."""
    ours = Letter.objects.filter(WRITTEN, member=member).order_by()
    counts = dict(ours.values_list("page").annotate(number=Count("pk")))
    if member.constituency_id:
        # Whoever held the seat then: nothing more is known about a letter that somebody sent themselves.
        told = SelfSentLetter.objects.filter(constituency_code=member.constituency_id, **_since(member.started_on))
        for page, number in told.order_by().values_list("page").annotate(number=Count("pk")):
            counts[page] = counts.get(page, 0) + number
    return counts


def _since(day: date | None) -> dict[str, date]:
    return {"reported_on__gte": day} if day else {}


def held_letters() -> QuerySet[Letter]:
    """Letters that wait for an organiser, the one that waited longest first."""
    held = Letter.objects.filter(stage=LetterStage.HELD).select_related("page", "member")
    return held.order_by("confirmed_at", "pk")


def replies_in(state: str) -> QuerySet[Reply]:
    """What members answered, as far as it is in ``state``; the oldest first."""
    return Reply.objects.filter(state=state).select_related("page", "member").order_by("answered_at", "pk")


@dataclass(frozen=True)
class PageLine:
    """One letter page in numbers of letters."""

    page: LetterPage
    written: int
    waiting: int
    held: int


@dataclass(frozen=True)
class LettersSummary:
    """What waits, and what stands in the way. Numbers of letters, replies and members."""

    waiting: int
    held: int
    oldest_held_at: datetime | None
    replies: int
    failing: list[Member]
    has_members: bool
    has_directory: bool
    is_dissolved: bool


def page_lines(pages: Iterable[LetterPage]) -> list[PageLine]:
    """Each of ``pages`` with its numbers. Two queries."""
    known = list(pages)
    totals = LetterTotals.objects.in_bulk([page.pk for page in known])
    rows = Letter.objects.filter(page__in=known, settled_at=None).order_by().values("page")
    counted = rows.annotate(waiting=COUNT_WAITING, held=COUNT_HELD).values_list("page", "waiting", "held")
    by_page = {page: (waiting, held) for page, waiting, held in counted}
    lines = []
    for page in known:
        waiting, held = by_page.get(page.pk, (0, 0))
        written = totals[page.pk].count if page.pk in totals else 0
        lines.append(PageLine(page, written=written, waiting=waiting, held=held))
    return lines


def letters_summary() -> LettersSummary:
    """What an organiser should know about letters now."""
    unsettled = Letter.objects.filter(settled_at=None).aggregate(
        waiting=COUNT_WAITING, held=COUNT_HELD, oldest=Min("confirmed_at", filter=Q(stage=LetterStage.HELD))
    )
    return LettersSummary(
        waiting=unsettled["waiting"],
        held=unsettled["held"],
        oldest_held_at=unsettled["oldest"],
        replies=Reply.objects.filter(state=Reply.State.WAITING).count(),
        failing=list(Member.objects.filter(failing_since__isnull=False, constituency__isnull=False)),
        has_members=Member.objects.filter(constituency__isnull=False).exists(),
        has_directory=PostcodeDirectory.objects.filter(is_current=True).exists(),
        is_dissolved=LetterSettings.load().is_dissolved,
    )


@dataclass(frozen=True)
class ParliamentData:
    """What this site knows about Parliament, and from when."""

    directory: PostcodeDirectory | None
    seats: int
    sitting: int
    vacant: int
    without_address: int
    opted_out: int
    failing: int
    sync: MemberSync | None
    """The last reading of the list of members, whatever came of it."""


def parliament_data() -> ParliamentData:
    """How complete and how old our data about Parliament is. The directory comes without its bytes."""
    sitting = Member.objects.filter(constituency__isnull=False)
    members = sitting.aggregate(
        sitting=Count("pk"),
        without_address=Count("pk", filter=Q(email="", own_email="")),
        opted_out=Count("pk", filter=Q(is_opted_out=True)),
        failing=Count("pk", filter=Q(failing_since__isnull=False)),
    )
    seats = Constituency.objects.count()
    return ParliamentData(
        directory=PostcodeDirectory.objects.defer("content").filter(is_current=True).first(),
        seats=seats,
        vacant=seats - members["sitting"],
        sync=MemberSync.objects.defer("people").first(),
        **members,
    )
