"""From the queue to the office: in order, by the pace, past what stands in the way, and once."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core import mail
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from mp_contacts.delivery.moving import move_letters
from mp_contacts.delivery.reflecting import CONSENT
from mp_contacts.delivery.releasing import OTHER_MEMBER, RELEASING_LOCK, release_due
from mp_contacts.delivery.settling import LOST_SIGHT_OF, MOST_TRIES, follow_settled, settle_delivered
from mp_contacts.mail_kinds import OFFICE_MAIL, RETURNED_MAIL, SENT_MAIL
from mp_contacts.models import Letter, LetterSettings, LetterStage
from supporters.delivery import Sender
from supporters.models import Delivery, Message, MessageState
from supporters.outbox import settle
from tests.factories.mp_contacts import ConstituencyFactory, LetterPageFactory, MemberFactory, make_letter

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def live(settings):
    settings.IS_PRODUCTION, settings.LETTERS_TO_MEMBERS = True, CONSENT


def queued(number, member=None, page=None):
    page, member = page or LetterPageFactory(), member or MemberFactory()
    return [make_letter(page, member, email=f"w{place}@example.org") for place in range(number)]


def stages():
    return sorted(Letter.objects.values_list("stage", flat=True))


def send():
    """What the mail server took, as (recipient, envelope sender)."""
    Sender().send_due()
    sent = [(message.to[0], message.from_email) for message in mail.outbox]
    mail.outbox.clear()
    return sent


def tell_of(kind):
    return Message.objects.filter(kind=kind).count()


def test_a_letter_leaves_and_its_writer_is_told_once(live):
    [letter] = queued(1, MemberFactory(email="jo@parliament.example"))

    release_due(at=NOON)
    letter.refresh_from_db()
    assert (letter.stage, letter.tries) == (LetterStage.SENDING, 1)
    Message.objects.update(next_attempt_at=timezone.now())
    [(recipient, sender)] = send()
    assert recipient == "jo@parliament.example"
    assert letter.return_token in sender
    assert follow_settled() == 1
    assert follow_settled() == 0

    letter.refresh_from_db()
    assert letter.stage == LetterStage.SENT
    assert letter.sent_at == Message.objects.get(kind=OFFICE_MAIL).settled_at
    assert tell_of(SENT_MAIL) == 1


def test_letters_of_one_office_leave_in_the_order_they_were_confirmed(settings, live):
    settings.LETTERS_PER_MEMBER_PER_HOUR = 240
    letters = queued(9)
    for place, letter in enumerate(letters):
        Letter.objects.filter(pk=letter.pk).update(confirmed_at=NOON - timedelta(minutes=place))

    release_due(at=NOON)

    under_way = set(Letter.objects.filter(stage=LetterStage.SENDING).values_list("pk", flat=True))
    assert under_way == {letter.pk for letter in letters[-len(under_way) :]}
    assert 1 < len(under_way) < 9


def test_one_busy_office_holds_up_no_other(live):
    queued(5)
    queued(1)
    release_due(at=NOON)
    assert set(Letter.objects.filter(stage=LetterStage.SENDING).values_list("member", flat=True)) == set(
        Letter.objects.values_list("member", flat=True)
    )


def test_the_cap_holds_whatever_became_of_the_letters(settings, live):
    settings.LETTERS_PER_MEMBER_PER_HOUR = 4
    queued(14)
    left = []
    for round_at in (NOON + timedelta(minutes=5 * number) for number in range(36)):
        release_due(at=round_at)
        settle(Q(kind=OFFICE_MAIL), MessageState.FAILED)
        just_now = Message.objects.filter(created_at__gt=NOON + timedelta(days=1))
        left += [round_at] * just_now.update(created_at=round_at)

    most = max(sum(first <= moment < first + timedelta(hours=1) for moment in left) for first in left)
    assert most <= 4
    assert 8 <= len(left) <= 12


def test_while_one_worker_hands_letters_over_no_other_does(live):
    queued(1)
    parameters = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}
    with psycopg.connect(**parameters, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [RELEASING_LOCK])
        assert release_due(at=NOON) == 0
        other.execute("SELECT pg_advisory_unlock_all()")
    assert release_due(at=NOON) == 1


def test_nothing_leaves_at_night_but_where_letters_are_reflected(live, settings):
    queued(1)
    assert release_due(at=NOON.replace(hour=2)) == 0
    settings.LETTERS_TO_MEMBERS = ""
    assert release_due(at=NOON.replace(hour=2)) == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"is_opted_out": True, "opt_out_reason": "Asked to."}, "opted_out"),
        ({"email": "", "own_email": ""}, "no_address"),
        ({"failing_since": NOON}, "failing"),
        ({"constituency": None, "left_on": NOON.date()}, OTHER_MEMBER),
    ],
)
def test_what_can_never_leave_goes_back_to_its_writer(live, change, why):
    [letter] = queued(1)
    for name, value in change.items():
        setattr(letter.member, name, value)
    letter.member.save()

    release_due(at=NOON)

    letter.refresh_from_db()
    assert (letter.stage, letter.bounce) == (LetterStage.RETURNED, why)
    assert tell_of(RETURNED_MAIL) == 1
    assert tell_of(OFFICE_MAIL) == 0


def test_a_member_who_moved_to_another_seat_gets_no_letter_of_the_old_one(live):
    [letter] = queued(1)
    letter.member.constituency = ConstituencyFactory()
    letter.member.save()
    release_due(at=NOON)
    assert stages() == [LetterStage.RETURNED]


def test_letters_wait_while_parliament_is_dissolved(live):
    queued(1)
    LetterSettings.objects.update_or_create(defaults={"is_dissolved": True})
    assert release_due(at=NOON) == 0
    assert stages() == [LetterStage.QUEUED]


def test_a_dissolution_in_the_last_second_has_the_letter_wait(live):
    queued(1)
    release_due(at=NOON)
    LetterSettings.objects.update_or_create(defaults={"is_dissolved": True})
    Message.objects.update(next_attempt_at=timezone.now())
    assert send() == []
    follow_settled()
    assert stages() == [LetterStage.QUEUED]


def test_a_letter_that_no_mail_can_be_made_of_comes_back_in_the_end(live):
    [letter] = queued(1)
    for number in range(1, MOST_TRIES + 1):
        Letter.objects.filter(pk=letter.pk).update(stage=LetterStage.SENDING, tries=number)
        Message.objects.all().delete()
        Message.objects.create(
            kind=OFFICE_MAIL, subject_id=letter.pk, state=MessageState.CANCELLED, settled_at=timezone.now()
        )
        follow_settled()
    assert stages() == [LetterStage.RETURNED]


@pytest.mark.parametrize(("delivery", "why"), [(Delivery.BOUNCED, "no_mailbox"), (Delivery.UNKNOWN, "refused")])
def test_what_the_office_refuses_comes_back(live, delivery, why):
    [letter] = queued(1)
    release_due(at=NOON)
    Message.objects.update(delivery=delivery)
    settle(Q(kind=OFFICE_MAIL), MessageState.FAILED)

    follow_settled()

    letter.refresh_from_db()
    assert (letter.stage, letter.bounce) == (LetterStage.RETURNED, why)


def test_a_letter_whose_mail_left_no_trace_comes_back_rather_than_leave_twice(live):
    queued(1)
    release_due(at=NOON)
    Message.objects.all().delete()
    follow_settled()
    assert stages() == [LetterStage.RETURNED]
    assert Letter.objects.get().bounce == LOST_SIGHT_OF


def test_three_quiet_days_later_it_counts_as_delivered():
    old, new = (make_letter(stage=LetterStage.SENT, email=f"{who}@example.org") for who in ("old", "new"))
    for letter, hours in ((old, 73), (new, 71)):
        Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now() - timedelta(hours=hours))

    assert settle_delivered() == 1

    old.refresh_from_db()
    assert old.stage == LetterStage.DELIVERED
    assert old.settled_at is not None


def test_a_round_moves_everything_on_that_can_be(settings):
    """Letters are reflected here, so that neither the hour nor the office matters."""
    queued(1)
    assert move_letters() == 1
    [(recipient, _sender)] = send()
    assert recipient == settings.LETTERS_REFLECT_TO
    assert move_letters() == 1
    assert stages() == [LetterStage.SENT]
    assert move_letters() == 0


def test_a_letter_costs_one_question_more(django_assert_max_num_queries, live):
    LetterSettings.load()
    page = LetterPageFactory()
    for _member in range(4):
        queued(3, page=page)
    # Lock and unlock; settings, who waits, what left, who is first, their rows, the change; a transaction around it.
    with django_assert_max_num_queries(10 + 4):
        assert release_due(at=NOON) == 4
