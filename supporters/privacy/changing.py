"""What the holder of an address does with what we hold about it. Each may be done again, to the same end."""

from typing import Final

from django.db import transaction
from django.db.models.functions import Now

from supporters.identity import email_key
from supporters.models import ConsentRecord, ConsentText, Supporter, Suppression
from supporters.privacy.answers import standing_answers
from supporters.privacy.held import acts_of
from supporters.services.consent import change_consent
from supporters.services.people import write_details
from supporters.suppression import suppress

OWN_PAGE: Final = "their own privacy page"


@transaction.atomic
def correct_details(*, address: str, name: str, phone: str, postcode: str, country: str, language: str) -> bool:
    """Write someone's details as they want them, empty ones too; False when no record is theirs any more.

    What they typed for a signature stays as they sent it: that was another statement, to somebody else.
    """
    record = _own_record(address)
    if record is None:
        return False
    write_details(record, name=name, phone=phone, postcode=postcode, country=country)
    record.language = language
    record.last_act_at = Now()
    record.save()
    return True


@transaction.atomic
def agree(*, address: str, text: ConsentText) -> bool:
    """Record a yes to exactly the words of ``text``; False when no record is theirs any more."""
    record = _own_record(address)
    if record is None:
        return False
    choice = ConsentRecord.Choice.GIVEN
    change_consent(supporter=record, purpose=text.purpose, choice=choice, method=OWN_PAGE, text=text)
    _note_act(record)
    return True


@transaction.atomic
def take_back_agreement(*, address: str, purpose: str) -> bool:
    """Record a no to what was agreed to for ``purpose``; False when no record is theirs any more."""
    record = _own_record(address)
    if record is None:
        return False
    _withdraw(record, purpose)
    return True


@transaction.atomic
def stop_everything(*, address: str) -> None:
    """Take back every agreement, and stop all mail but what the person's own act asks for."""
    _stop(address, Suppression.Reason.ASKED)


@transaction.atomic
def never_write_again(*, address: str) -> None:
    """Take back every agreement, and stop every mail for good, this page's link included."""
    _stop(address, Suppression.Reason.BLOCKED)


def take_back_act(*, address: str, reference: str) -> bool:
    """Withdraw one of the things ``address`` did; False when none of them is called ``reference`` any more."""
    for act in acts_of(address):
        if act.reference == reference:
            act.kind.withdraw(act.action.pk)
            return True
    return False


def _stop(address: str, reason: str) -> None:
    record = _own_record(address)
    if record is not None:
        for purpose in standing_answers(record):
            _withdraw(record, purpose)
    suppress(email_key(address), reason)


def _withdraw(record: Supporter, purpose: str) -> None:
    answer = standing_answers(record).get(purpose)
    if answer is not None and answer.choice == ConsentRecord.Choice.GIVEN:
        choice = ConsentRecord.Choice.WITHDRAWN
        change_consent(supporter=record, purpose=purpose, choice=choice, method=OWN_PAGE)
        _note_act(record)


def _own_record(address: str) -> Supporter | None:
    """The record, locked, while it is this address's own. A signpost leads to what may be somebody else's."""
    own = Supporter.objects.select_for_update().filter(email_key=email_key(address), merged_into__isnull=True)
    return own.first()


def _note_act(record: Supporter) -> None:
    Supporter.objects.filter(pk=record.pk).update(last_act_at=Now())
