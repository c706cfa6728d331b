"""The consent ledger: what a person was asked, in which words, and what they answered."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from supporters.models import ConsentRecord, ConsentText, CurrentConsent, Purpose, Supporter, Suppression
from supporters.suppression import LIFTED_BY_CONSENT, lift_by_consent, suppress

Choice = ConsentRecord.Choice


class ConsentRefused(Exception):
    """The answer was not recorded; the text says why, for whoever tried."""


class OnlyTheirOwnAct(ConsentRefused):
    """An organiser tried to turn a no into a yes."""

    def __init__(self) -> None:
        super().__init__("This person said no, and only they can change that: by signing again, or on their own page.")


class WordingUnknown(ConsentRefused):
    """Nothing says what the person was asked."""

    def __init__(self) -> None:
        super().__init__("This person was never asked: choose the exact words they answered.")


@transaction.atomic
def record_consent(
    *,
    supporter: Supporter,
    text: ConsentText,
    choice: str,
    method: str,
    page_id: int | None,
    asked_at: datetime,
    actor: AbstractBaseUser | None = None,
    note: str = "",
) -> ConsentRecord:
    """Add one answer to the ledger; a change of mind is one more answer, never an edit.

    ``choice`` is one of ConsentRecord.Choice, ``asked_at`` the moment the person ticked or unticked
    the box; ``actor`` is the organiser who wrote it down, None for the person's own act. Their own yes,
    unless they said no after it, lifts what an earlier no had stopped. The wording becomes immutable with
    its first answer, if it was not before.
    """
    publish_consent_text(text)
    record = ConsentRecord.objects.create(
        supporter=supporter,
        text=text,
        choice=choice,
        method=method,
        page_id=page_id,
        asked_at=asked_at,
        actor_id=actor.pk if actor else None,
        note=note,
    )
    if choice == Choice.GIVEN and actor is None and CurrentConsent.objects.filter(record=record).exists():
        lift_by_consent(bytes(supporter.email_key), asked_at=asked_at)
    return record


@transaction.atomic
def change_consent(
    *,
    supporter: Supporter,
    purpose: str,
    choice: str,
    method: str,
    page_id: int | None = None,
    actor: AbstractBaseUser | None = None,
    note: str = "",
    text: ConsentText | None = None,
) -> ConsentRecord:
    """Record that a person answers ``purpose`` differently from now on; whoever asks again is told the same.

    Without ``text`` the answer is to the words they answered last. With an ``actor`` it is an organiser who
    writes down what somebody said, and can never turn a no into a yes: raises OnlyTheirOwnAct, also when the
    address is suppressed because they asked us to stop. The person's own act may, and lifts that. Once the
    person has taken back the last yes there was, their address is suppressed besides, so that no path is
    left on which they could be written to. Raises WordingUnknown when there are no words to answer, and
    ValueError for words about another purpose.
    """
    supporter = locked_record(supporter)
    standing = (
        CurrentConsent.objects.filter(supporter=supporter, purpose=purpose).select_related("record__text").first()
    )
    if choice == Choice.GIVEN and actor is not None and has_said_no(supporter, standing):
        raise OnlyTheirOwnAct
    words = text or (standing.record.text if standing else None)
    if words is None:
        raise WordingUnknown
    if words.purpose != purpose:
        raise ValueError("This wording asks about something else.")
    if standing and _says_the_same(standing.record, choice=choice, text=words, actor=actor):
        # A second press on the same button: the answer stands already, and so does its proof.
        record: ConsentRecord = standing.record
    else:
        # Of two answers the one asked last counts, so a clock that runs behind must not lose this one.
        now = timezone.now()
        record = record_consent(
            supporter=supporter,
            text=words,
            choice=choice,
            method=method,
            page_id=page_id,
            asked_at=max(now, standing.asked_at) if standing else now,
            actor=actor,
            note=note,
        )
    if choice == Choice.GIVEN and actor is None:
        lift_by_consent(bytes(supporter.email_key))
    if choice == Choice.WITHDRAWN and actor is None and not _has_any_yes(supporter):
        suppress(bytes(supporter.email_key), Suppression.Reason.ASKED)
    return record


def locked_record_of(supporter_id: UUID) -> Supporter | None:
    """The record that answers for a link's ``supporter_id`` now, locked; None when it was erased, even this moment."""
    try:
        return locked_record(Supporter(pk=supporter_id))
    except Supporter.DoesNotExist:
        return None


def locked_record(supporter: Supporter) -> Supporter:
    """The record that answers for ``supporter`` now, locked: another one if it was merged in the meantime."""
    record = Supporter.objects.select_for_update().get(pk=supporter.pk)
    if record.merged_into_id is not None:
        record = Supporter.objects.select_for_update().get(pk=record.merged_into_id)
    return record


def has_said_no(supporter: Supporter, standing: CurrentConsent | None) -> bool:
    """Whether this person's ``standing`` answer is a no, or their address asked us to stop."""
    if standing is not None and standing.choice == Choice.WITHDRAWN:
        return True
    return Suppression.objects.filter(email_key=bytes(supporter.email_key), reason__in=LIFTED_BY_CONSENT).exists()


def _says_the_same(record: ConsentRecord, *, choice: str, text: ConsentText, actor: AbstractBaseUser | None) -> bool:
    # What an organiser wrote down, or a merge, may be taken back: the person's own word needs a line of its own.
    is_own_word = record.actor_id is None
    return record.choice == choice and record.text_id == text.pk and is_own_word == (actor is None)


def _has_any_yes(supporter: Supporter) -> bool:
    return CurrentConsent.objects.filter(supporter=supporter, purpose__in=Purpose.values, choice=Choice.GIVEN).exists()


def publish_consent_text(text: ConsentText) -> bool:
    """Stamp ``text`` as shown to people, from when on the database refuses to change it.

    True for the call that stamped it; later calls leave the first stamp.
    """
    stamped = ConsentText.objects.filter(pk=text.pk, published_at__isnull=True).update(published_at=Now())
    if stamped:
        text.refresh_from_db(fields=["published_at"])
    return bool(stamped)
