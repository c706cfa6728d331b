"""Who is not written to, and what still reaches them because they ask for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from petitions.models import Signature
from petitions.services import confirm_signature, sign_petition
from supporters.identity import email_key
from supporters.mails import UnknownKind, urgency_of
from supporters.models import MessageState, Suppression
from supporters.suppression import lift_by_consent, reason_for, stops, suppress
from tests.factories.petitions import PetitionPageFactory, draft_for
from tests.supporters.mail_kinds import NOTE, OF_RIGHTS, REQUESTED, queued

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"
Reason = Suppression.Reason


@pytest.mark.parametrize(
    ("kind", "reaches"),
    [(NOTE, {""}), (REQUESTED, {"", Reason.ASKED}), (OF_RIGHTS, {"", Reason.ASKED, Reason.COMPLAINED})],
)
@pytest.mark.parametrize("reason", ["", *Reason.values])
def test_each_reason_stops_what_it_should(sender, sink, kind, reaches, reason):
    if reason:
        suppress(email_key(ADA), reason)
    message = queued("Ada@example.org", kind=kind)

    sender.send_due()

    message.refresh_from_db()
    assert len(sink.received) == (reason in reaches)
    assert message.state == (MessageState.SENT if reason in reaches else MessageState.SUPPRESSED)


def test_the_button_that_confirms_reaches_somebody_who_asked_us_to_stop(sender, sink):
    suppress(email_key(ADA), Reason.ASKED)
    sign_petition(draft_for(PetitionPageFactory()))

    sender.send_due()

    assert len(sink.received) == 1


def test_a_mail_of_an_unknown_kind_is_not_judged():
    with pytest.raises(UnknownKind):
        urgency_of("of a newer version")


def test_no_reason_stops_nothing():
    assert not stops("", is_requested=False)


@pytest.mark.parametrize(("reason", "left"), [("asked", ""), ("complained", ""), ("bounced", "bounced")])
def test_confirming_with_the_box_ticked_lifts_what_the_person_had_stopped(reason, left):
    suppress(email_key(ADA), reason)
    sign_petition(draft_for(PetitionPageFactory(), wants_updates=True))

    confirm_signature(Signature.objects.get().pk)

    assert reason_for(ADA) == left


@pytest.mark.parametrize("wants_updates", [False, True])
def test_nothing_is_lifted_without_the_box_or_without_the_button(wants_updates):
    suppress(email_key(ADA), Reason.ASKED)
    sign_petition(draft_for(PetitionPageFactory(), wants_updates=wants_updates))
    if not wants_updates:
        confirm_signature(Signature.objects.get().pk)

    assert reason_for(ADA) == Reason.ASKED


def test_a_stronger_reason_replaces_a_weaker_one_and_not_the_other_way_round():
    for reason in (Reason.ASKED, Reason.BOUNCED, Reason.COMPLAINED):
        suppress(email_key(ADA), reason)

    assert reason_for(ADA) == Reason.BOUNCED
    lift_by_consent(email_key(ADA))
    assert reason_for(ADA) == Reason.BOUNCED


def test_a_no_said_after_the_box_was_ticked_outlives_the_confirmation():
    sign_petition(draft_for(PetitionPageFactory(), wants_updates=True))
    suppress(email_key(ADA), Reason.ASKED)
    Suppression.objects.update(created_at=timezone.now() + timedelta(minutes=1))

    confirm_signature(Signature.objects.get().pk)

    assert reason_for(ADA) == Reason.ASKED
