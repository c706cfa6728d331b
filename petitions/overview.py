"""What the organisers' workspace reads about petitions: figures, queues, and who signed with an address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from petitions.goals import current_goal
from petitions.models import CommentState, Milestone, PetitionPage, PetitionTotals, Signature
from petitions.retention import UNCONFIRMED_LIFETIME
from supporters.identity import email_key, person_key
from supporters.models import ActionState, Message, MessageState, WorkerHeartbeat
from supporters.models.one_action import originals

HOUSEHOLD_SLOTS = (1, 2)
# A loop silent for a day was renamed or removed by a new version, and is not waited for.
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class PetitionFigures:
    """One petition in numbers, as a list of petitions shows them."""

    online: int = 0
    paper: int = 0
    goal: int = 0
    unconfirmed: int = 0
    comments_waiting: int = 0

    @property
    def count(self) -> int:
        """People who signed, online and on paper."""
        return self.online + self.paper


def petition_choices() -> QuerySet[PetitionPage]:
    """Every petition by title, for lists to choose from, without the story; each once, whatever its languages."""
    return originals(PetitionPage.objects.only("title")).order_by("title")


def petition_figures(petition_ids: Iterable[int]) -> dict[int, PetitionFigures]:
    """The figures of each petition asked for, in four queries however many there are."""
    ids = list(petition_ids)
    totals = PetitionTotals.objects.in_bulk(ids)
    milestones: dict[int, list[int]] = {}
    for page_id, signatures in Milestone.objects.filter(page_id__in=ids).values_list("page_id", "signatures"):
        milestones.setdefault(page_id, []).append(signatures)
    unconfirmed = _count_by_petition(_unconfirmed(), ids)
    waiting = _count_by_petition(Signature.objects.awaiting_moderation(), ids)
    figures = {}
    for petition_id in ids:
        total = totals.get(petition_id)
        figures[petition_id] = PetitionFigures(
            online=total.confirmed if total else 0,
            paper=total.paper if total else 0,
            goal=current_goal(total.count if total else 0, milestones.get(petition_id, [])),
            unconfirmed=unconfirmed.get(petition_id, 0),
            comments_waiting=waiting.get(petition_id, 0),
        )
    return figures


def _unconfirmed() -> QuerySet[Signature]:
    # Older ones are about to be deleted; saying so lets the database use the index on the date.
    return Signature.objects.filter(
        state=ActionState.PENDING, created_at__gt=timezone.now() - UNCONFIRMED_LIFETIME - timedelta(hours=1)
    )


def _count_by_petition(signatures: QuerySet[Signature], petition_ids: list[int]) -> dict[int, int]:
    rows = (
        signatures.filter(petition_id__in=petition_ids)
        .order_by()
        .values_list("petition_id")
        .annotate(number=Count("pk"))
    )
    return dict(rows)


def signatures_for_list() -> QuerySet[Signature]:
    """Signatures with what a list of them shows, and nothing that only one person's page may show."""
    return Signature.objects.select_related("petition").only(
        "name",
        "state",
        "comment_state",
        "country",
        "constituency_code",
        "created_at",
        "confirmed_at",
        "petition__title",
    )


def signatures_of_address(address: str) -> QuerySet[Signature]:
    """Every signature made with ``address``, on any petition, newest first.

    Found by keyed hashes: the address itself is in no query. A count-only petition that closed
    has forgotten its hashes, and what was signed there cannot be found any more. Raises ValueError
    when ``address`` is none.
    """
    petition_ids = list(PetitionPage.objects.values_list("pk", flat=True))
    by_page = [
        person_key(page_id=petition_id, address=address, slot=slot)
        for petition_id in petition_ids
        for slot in HOUSEHOLD_SLOTS
    ]
    keyed = Signature.objects.filter(petition_id__in=petition_ids, person_key__in=by_page)
    known = Signature.objects.filter(supporter__email_key=email_key(address))
    return signatures_for_list().filter(pk__in=keyed.values("pk").union(known.values("pk"))).order_by("-created_at")


def comments(*, state: str, petition_id: int | None = None) -> QuerySet[Signature]:
    """Confirmed signatures whose comment is in ``state``, the one that waited longest first."""
    signatures = Signature.objects.confirmed().filter(comment_state=state)
    if petition_id is not None:
        signatures = signatures.filter(petition_id=petition_id)
    return (
        signatures.select_related("petition")
        .only("name", "comment", "comment_state", "shown_as", "confirmed_at", "petition__title")
        .order_by("confirmed_at", "pk")
    )


@dataclass(frozen=True)
class WorkspaceSummary:
    """The state of things on the workspace's first page."""

    signed_today: int
    comments_waiting: int
    mails_waiting: int
    mails_failed: int
    # When the slowest loop of the worker last went round; None when no worker has run lately.
    worker_seen_at: datetime | None

    @property
    def worker_silent_for(self) -> timedelta | None:
        return timezone.now() - self.worker_seen_at if self.worker_seen_at else None


def workspace_summary(petition_ids: Iterable[int]) -> WorkspaceSummary:
    """Today's figures over the petitions named. A failed mail is counted for the week that it is kept."""
    ids = list(petition_ids)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    mails = dict(
        Message.objects.filter(state__in=[MessageState.QUEUED, MessageState.FAILED])
        .order_by()
        .values_list("state")
        .annotate(number=Count("pk"))
    )
    beats = WorkerHeartbeat.objects.filter(beat_at__gt=timezone.now() - FORGOTTEN_AFTER)
    return WorkspaceSummary(
        signed_today=Signature.objects.confirmed().filter(petition_id__in=ids, confirmed_at__gte=midnight).count(),
        comments_waiting=comments(state=CommentState.WAITING).count(),
        mails_waiting=mails.get(MessageState.QUEUED, 0),
        mails_failed=mails.get(MessageState.FAILED, 0),
        worker_seen_at=beats.aggregate(oldest=Min("beat_at"))["oldest"],
    )
