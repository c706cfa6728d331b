"""What a row of a file may do to a person. Every rule stands here; nothing here writes.

A blank wipes nothing. What somebody told us stays, unless an organiser chose otherwise for that column.
A no is taken over wherever it stands; a yes only with the words it was a yes to, and never against a no.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from supporters.identity import mailbox_key, name_key, phone_key, postcode_key
from supporters.imports.ground import Ground, Standing
from supporters.imports.headings import DETAILS, Part
from supporters.imports.people_rows import PersonInFile, Problem
from supporters.models import ConsentRecord, Purpose, Supporter, Suppression
from supporters.phones import normalise_phone
from supporters.seats import seat_of
from supporters.suppression import STRENGTH, Reason

Choice = ConsentRecord.Choice

REPEATED: Final = "This person stands further up in the file. Only the first row counts."
NOT_AGAIN: Final = "We were told not to write to this address, and hold no record of this person. None is made."
SAID_NO: Final = "This person said no before, or cannot be written to. The yes is not taken over."
SAID_YES_SINCE: Final = "This person agreed with their own hands after the file was uploaded. Their answer stands."
NO_WORDS: Final = (
    "There are no words for this question yet, so the no is not in the ledger. Write a consent text first."
)
# Reasons that are a no of the person's own, or of an organiser's for them; a full mailbox is none.
OWN_NO: Final = frozenset({Reason.ASKED, Reason.COMPLAINED, Reason.BLOCKED})
KEY_OF: Final[dict[str, tuple[str, Callable[[str], bytes | None]]]] = {
    "name": ("name_key", name_key),
    "phone": ("phone_key", phone_key),
    "postcode": ("postcode_key", postcode_key),
}
CONSTITUENCY: Final = Part.CONSTITUENCY.value


class Outcome(StrEnum):
    """What comes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Terms:
    """What an organiser decided for a whole file.

    ``text_id`` and ``purpose`` are of the words its people agreed to, or None and empty. ``words`` are
    what a no is written down against where somebody was never asked, by purpose.
    """

    uploaded_at: datetime
    text_id: int | None = None
    purpose: str = ""
    words: dict[str, int] = field(default_factory=dict)
    update: frozenset[str] = frozenset()


@dataclass(slots=True)
class Answer:
    """A line to be added to the ledger."""

    purpose: str
    text_id: int
    choice: str
    asked_at: datetime


@dataclass(slots=True)
class Plan:
    """What is to be done for one row. ``before`` and ``after`` hold the details that change, by field."""

    number: int
    outcome: Outcome
    supporter: Supporter | None = None
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    stops: dict[bytes, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)


def refuse(person: PersonInFile, message: str = "") -> Plan:
    """Nothing comes of this row."""
    problems = [*person.problems, Problem("", message)] if message else person.problems
    return Plan(person.number, Outcome.REFUSED, problems=problems)


def plan_row(person: PersonInFile, ground: Ground, terms: Terms, *, now: datetime) -> Plan:
    """What to do for ``person``, as if it were done already: ``ground`` and its records are brought up to date."""
    if not person.key:
        return refuse(person)
    record, who = ground.records.get(person.key), ground.answering(person.key)
    if who is None:
        if person.key in ground.suppressed:
            return refuse(person, NOT_AGAIN)
        plan = _plan_new(person, now)
        who = plan.supporter
        ground.records[person.key] = who = _known(plan)
    else:
        plan = Plan(person.number, Outcome.UNCHANGED, supporter=who, problems=_news(person, who))
        # An address that was merged away leads to somebody, and changes no detail of theirs.
        if record is who:
            _plan_details(plan, who, person.values, terms)
    _plan_stop(plan, person, ground)
    _plan_noes(plan, person, who, ground, terms)
    _plan_yeses(plan, person, who, ground, terms)
    if plan.outcome == Outcome.UNCHANGED and (plan.after or plan.answers or plan.stops):
        plan.outcome = Outcome.CHANGED
    return plan


def _known(plan: Plan) -> Supporter:
    if plan.supporter is None:
        raise ValueError("This plan is about nobody.")
    return plan.supporter


def set_detail(supporter: Supporter, name: str, value: str) -> None:
    """Set one detail of ``supporter``, unsaved, and the keyed hash that goes with it."""
    setattr(supporter, name, value)
    if name in KEY_OF:
        key_name, key = KEY_OF[name]
        setattr(supporter, key_name, key(value))


def _plan_new(person: PersonInFile, now: datetime) -> Plan:
    supporter = Supporter(
        email_key=person.key,
        email=person.address,
        mailbox_key=mailbox_key(person.address),
        created_at=now,
        last_act_at=now,
    )
    values = {**person.values}
    if seat := values.get(CONSTITUENCY) or seat_of(values.get(Part.POSTCODE, "")):
        values[CONSTITUENCY] = seat
    for name, value in values.items():
        set_detail(supporter, name, value)
    return Plan(person.number, Outcome.NEW, supporter=supporter, after=values, problems=list(person.problems))


def _news(person: PersonInFile, who: Supporter) -> list[Problem]:
    """The problems of a row, without those of cells that hold just what we hold: they came from us."""
    details = {part.value for part in DETAILS}
    return [
        problem
        for problem in person.problems
        if problem.part not in details or problem.cell != " ".join(getattr(who, problem.part).split())
    ]


def _plan_details(plan: Plan, who: Supporter, values: dict[str, str], terms: Terms) -> None:
    for name, value in values.items():
        if name == CONSTITUENCY:
            continue
        held: str = getattr(who, name)
        if not held or (name in terms.update and not _is_same(name, held, value)):
            if name == Part.POSTCODE and who.constituency_code and (held or seat_of(value)):
                # A constituency belongs to the postcode it was found by. One that we were told without a
                # postcode stays until a postcode tells of another.
                _change(plan, who, CONSTITUENCY, "")
            _change(plan, who, name, value)
        elif not _is_same(name, held, value):
            plan.kept.add(name)
    if not who.constituency_code and _is_same(Part.POSTCODE, who.postcode, values.get(Part.POSTCODE, "")):
        code = values.get(CONSTITUENCY) or seat_of(who.postcode)
        if code:
            _change(plan, who, CONSTITUENCY, code)


def _change(plan: Plan, who: Supporter, name: str, value: str) -> None:
    plan.before.setdefault(name, getattr(who, name))
    plan.after[name] = value
    set_detail(who, name, value)


def _is_same(name: str, held: str, value: str) -> bool:
    if held == value:
        return True
    if name == Part.PHONE:
        try:
            return normalise_phone(held) == value
        except ValueError:
            return False
    return name == Part.POSTCODE and postcode_key(held) == postcode_key(value)


def _plan_stop(plan: Plan, person: PersonInFile, ground: Ground) -> None:
    if person.stop:
        _stop(plan, ground, person.key, person.stop)


def _stop(plan: Plan, ground: Ground, key: bytes, reason: str) -> None:
    """Suppress an address, unless that is done already for a reason at least as strong."""
    held = ground.suppressed.get(key)
    if held is None or STRENGTH.index(Suppression.Reason(reason)) > STRENGTH.index(Suppression.Reason(held)):
        plan.stops[key] = ground.suppressed[key] = reason


def _plan_noes(plan: Plan, person: PersonInFile, who: Supporter, ground: Ground, terms: Terms) -> None:
    """Write down each no that was not heard yet; once no yes is left, stop the address itself."""
    noes = set(person.no)
    if person.opted_out:
        noes |= {Purpose.UPDATES.value, *_given(who, ground)}
    new = [purpose for purpose in sorted(noes) if _is_news(plan, person, who, ground, terms, purpose=purpose)]
    for purpose in new:
        standing = ground.standing.get((who.pk, purpose))
        words = standing.text_id if standing else terms.words.get(purpose)
        if words is not None:
            _answer(plan, who, ground, Answer(purpose, words, Choice.WITHDRAWN, terms.uploaded_at))
        elif not person.opted_out:
            plan.problems.append(Problem("", NO_WORDS))
    will_agree = terms.purpose in person.yes and terms.purpose not in noes
    if new and (person.opted_out or not (_given(who, ground) or will_agree)):
        for key in {person.key, bytes(who.email_key)}:
            _stop(plan, ground, key, Suppression.Reason.ASKED)


def _is_news(plan: Plan, person: PersonInFile, who: Supporter, ground: Ground, terms: Terms, *, purpose: str) -> bool:
    """Whether a no to ``purpose`` is to be written down: it was not heard yet, and is not older than their own yes."""
    standing = ground.standing.get((who.pk, purpose))
    if _was_heard(purpose, standing, _reason(person, who, ground), is_all=person.opted_out):
        return False
    if standing and standing.asked_at > terms.uploaded_at:
        plan.problems.append(Problem("", SAID_YES_SINCE))
        return False
    return True


def _was_heard(purpose: str, standing: Standing | None, reason: str, *, is_all: bool) -> bool:
    """Whether a no says nothing new: the answer is a no already, or the address was stopped by a no."""
    if standing and standing.choice == Choice.WITHDRAWN:
        return True
    return reason in OWN_NO and (is_all or purpose == Purpose.UPDATES or standing is None)


def _plan_yeses(plan: Plan, person: PersonInFile, who: Supporter, ground: Ground, terms: Terms) -> None:
    for purpose in sorted(person.yes):
        standing = ground.standing.get((who.pk, purpose))
        if standing and standing.choice == Choice.GIVEN:
            continue
        if standing or _reason(person, who, ground):
            plan.counts["yes_refused"] += 1
            plan.problems.append(Problem("", SAID_NO))
        elif terms.text_id is None or terms.purpose != purpose:
            plan.counts["yes_without_words"] += 1
        else:
            asked_at = person.asked_at.get(purpose, terms.uploaded_at)
            _answer(plan, who, ground, Answer(purpose, terms.text_id, Choice.GIVEN, asked_at))


def _answer(plan: Plan, who: Supporter, ground: Ground, answer: Answer) -> None:
    plan.answers.append(answer)
    plan.counts[answer.choice] += 1
    ground.standing[who.pk, answer.purpose] = Standing(answer.choice, answer.asked_at, answer.text_id)


def _given(who: Supporter, ground: Ground) -> list[str]:
    answers = ((purpose, ground.standing.get((who.pk, purpose))) for purpose in Purpose.values)
    return [purpose for purpose, standing in answers if standing and standing.choice == Choice.GIVEN]


def _reason(person: PersonInFile, who: Supporter, ground: Ground) -> str:
    """Why nothing may be sent to this person, by either of their addresses; empty when it may."""
    reasons: Iterator[str] = (ground.suppressed.get(key, "") for key in (person.key, bytes(who.email_key)))
    return max(reasons, key=lambda reason: reason in OWN_NO or bool(reason) / 2)
