"""The people a segment is about, as one query.

Written for a million of them: what they did and agreed to is asked by EXISTS, which PostgreSQL turns into
one join each, and starts from whichever side is smaller.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from supporters.action_kinds import ActionKind, action_kind, action_kinds
from supporters.models import Action, ActionState, ConsentRecord, CurrentConsent, Supporter, Suppression
from supporters.segments.criteria import NEVER_ASKED, Criteria, read_criteria


def supporters_in(criteria: Mapping[str, Any]) -> QuerySet[Supporter]:
    """Who meets every one of ``criteria``; records that were merged into another are never among them.

    No criteria at all are everybody. Raises WrongCriteria for what is not understood.
    """
    asked = read_criteria(criteria)
    people = Supporter.objects.filter(merged_into__isnull=True)
    for condition in _conditions(asked):
        people = people.filter(condition)
    return people


def may_be_written_to(purpose: str) -> Q:
    """That a supporter agreed to ``purpose``, still does, and nothing stops mail to them."""
    agreed = Exists(_answers(purpose).filter(choice=ConsentRecord.Choice.GIVEN))
    stopped = Exists(Suppression.objects.filter(email_key=OuterRef("email_key")))
    return Q(agreed) & ~Q(stopped)


def _conditions(asked: Criteria) -> Iterator[Q]:
    yield from _of_taking_part(asked)
    yield from _of_consent(asked)
    yield from _of_place(asked)
    yield from _of_time(asked)


def _of_taking_part(asked: Criteria) -> Iterator[Q]:
    if asked.took_part_in:
        yield _did_any([_on_pages(kind, asked.took_part_in) for kind in action_kinds()])
    if asked.did:
        yield _did_any([_actions(action_kind(name)) for name in asked.did])
    if asked.not_took_part_in:
        for kind in action_kinds():
            yield ~Q(Exists(_on_pages(kind, asked.not_took_part_in).filter(supporter=OuterRef("pk"))))
    for name in asked.never_did:
        yield ~Q(Exists(_actions(action_kind(name)).filter(supporter=OuterRef("pk"))))


def _did_any(actions: list[QuerySet[Action]]) -> Q:
    """That a supporter did one of ``actions``. One IN over all kinds: ORs of EXISTS would be asked row by row."""
    first, *others = (one.values("supporter") for one in actions)
    return Q(pk__in=first.union(*others, all=True) if others else first)


def _on_pages(kind: ActionKind, pages: tuple[int, ...]) -> QuerySet[Action]:
    return _actions(kind).filter(**{f"{kind.page_field}__in": pages})


def _actions(kind: ActionKind) -> QuerySet[Action]:
    # The time is asked for as well: the index by page holds confirmed actions alone.
    return kind.model._default_manager.filter(
        state=ActionState.CONFIRMED, confirmed_at__isnull=False, supporter__isnull=False
    )


def _of_consent(asked: Criteria) -> Iterator[Q]:
    for purpose, answer in asked.consents.items():
        if answer == NEVER_ASKED:
            yield ~Q(Exists(_answers(purpose)))
        else:
            yield Q(Exists(_answers(purpose).filter(choice=answer)))
    if asked.may_be_written_to:
        yield may_be_written_to(asked.may_be_written_to)


def _answers(purpose: str) -> QuerySet[CurrentConsent]:
    return CurrentConsent.objects.filter(supporter=OuterRef("pk"), purpose=purpose)


def _of_place(asked: Criteria) -> Iterator[Q]:
    chosen = {
        "constituency_code__in": asked.constituencies,
        "country__in": asked.countries,
        "language__in": asked.languages,
        "source__in": asked.sources,
    }
    yield from (Q(**{lookup: values}) for lookup, values in chosen.items() if values)


def _of_time(asked: Criteria) -> Iterator[Q]:
    if asked.came_from:
        yield Q(created_at__gte=_start_of(asked.came_from))
    if asked.came_until:
        yield Q(created_at__lt=_start_of(asked.came_until + timedelta(days=1)))
    if asked.acted_since:
        yield Q(last_act_at__gte=_start_of(asked.acted_since))
    if asked.not_acted_since:
        yield Q(last_act_at__lt=_start_of(asked.not_acted_since))
    if asked.not_contacted_since:
        yield Q(last_contacted_at__isnull=True) | Q(last_contacted_at__lt=_start_of(asked.not_contacted_since))
    if asked.never_contacted:
        yield Q(last_contacted_at__isnull=True)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
