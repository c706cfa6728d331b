"""A mailing reaches everybody who agreed to it and still does, once, and nobody else."""

import logging
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from supporters.mailings import running
from supporters.mailings.running import go_on_with_mailings, people_for, queue_next, write_down_recipients
from supporters.models import (
    AuditEntry,
    ConsentRecord,
    Mailing,
    MailingRecipient,
    MailingState,
    Purpose,
    Segment,
    SoftBounce,
    Supporter,
)
from supporters.outbox import queue_message
from supporters.services.consent import change_consent
from supporters.services.erasing import erase_address
from supporters.services.mailing import (
    NotADraft,
    delete_draft,
    forget_recipients,
    save_mailing,
    send_test,
    start_mailing,
)
from supporters.suppression import Reason, suppress
from supporters.unsubscribe_links import read_token
from tests.supporters.mail_kinds import NOTE
from tests.supporters.mailings.conftest import BODY, got, send_out, start
from tests.supporters.people_who_agreed import agree, crowd, person

pytestmark = pytest.mark.django_db


def test_everybody_who_agreed_gets_one_and_nobody_else(mailing, sender, sink):
    crowd(3)
    person("invited@example.org", Purpose.TAKING_PART)
    Supporter.objects.create(email_key=b"n" * 32, email="never.asked@example.org")
    agree(person("changed@example.org"), choice=ConsentRecord.Choice.WITHDRAWN)
    suppress(bytes(person("complained@example.org").email_key), Reason.COMPLAINED)
    send_out(mailing, sender)

    assert got(sink) == ["person0@example.org", "person1@example.org", "person2@example.org"]
    assert (mailing.state, mailing.addressed) == (MailingState.SENT, 3)
    assert mailing.finished_at


def test_purpose_decides_who(mailing, sender, sink):
    person("news@example.org", Purpose.UPDATES)
    person("both@example.org", *Purpose.values)
    mailing.consent_purpose = Purpose.TAKING_PART
    mailing.save()
    send_out(mailing, sender)

    assert got(sink) == ["both@example.org"]


def test_segment_decides_who(mailing, sender, sink):
    person("here@example.org", country="GB")
    person("there@example.org", country="FR")
    mailing.segment = Segment.objects.create(name="France", criteria={"countries": ["FR"]})
    mailing.save()
    send_out(mailing, sender)

    assert got(sink) == ["there@example.org"]


def test_record_that_was_merged_gets_nothing(mailing, sender, sink):
    ada, old = person("ada@example.org"), person("old@example.org")
    Supporter.objects.filter(pk=old.pk).update(merged_into=ada, name=None, email=None, phone=None, postcode=None)
    send_out(mailing, sender)

    assert got(sink) == ["ada@example.org"]


def test_address_that_did_not_take_three_mails_of_late_is_left_alone(mailing, sender, sink):
    crowd(1)
    full = person("full@example.org")
    for number in range(3):
        SoftBounce.objects.create(email_key=full.email_key, mail_key=bytes([number] * 32), happened_at=timezone.now())
    send_out(mailing, sender)

    assert got(sink) == ["person0@example.org"]


def test_mail_says_what_was_written_and_how_to_stop_it(mailing, sender, sink):
    ada = person("ada@example.org")
    send_out(mailing, sender)
    email = sink.received[0].email
    text, html = (part.get_payload(decode=True).decode().replace("\r\n", "\n") for part in email.get_payload())

    assert email["Subject"] == "This week"
    assert text.startswith(BODY + "\n")
    assert '<a href="https://campaign.example/vote?a=1&amp;b=2"' in html
    assert "&lt;b&gt;Come!&lt;/b&gt;" in html
    assert "<b>" not in html
    url = email["List-Unsubscribe"].strip().strip("<>")
    assert url in text
    assert url in html
    assert read_token(url.split("/")[-2]) == (ada.pk, Purpose.UPDATES)
    assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_frame_is_in_the_persons_language(mailing, sender, sink):
    person("ada@example.org", language="ro")
    person("bell@example.org", language="xx")
    send_out(mailing, sender)
    html = {
        received.recipient: received.email.get_payload(1).get_payload(decode=True).decode()
        for received in sink.received
    }

    assert '<html lang="ro"' in html["ada@example.org"]
    assert '<html lang="en"' in html["bell@example.org"]


@pytest.mark.parametrize(
    "change",
    [
        lambda ada: change_consent(
            supporter=ada, purpose=Purpose.UPDATES, choice=ConsentRecord.Choice.WITHDRAWN, method="web form"
        ),
        lambda ada: suppress(bytes(ada.email_key), Reason.ASKED),
        lambda ada: erase_address(address="ada@example.org", actor=None),
    ],
    ids=["withdrew", "asked-to-stop", "erased"],
)
@pytest.mark.parametrize("moment", ["before-their-turn", "while-it-waits"])
def test_no_said_after_the_button_was_pressed_still_counts(mailing, sender, sink, change, moment):
    ada = person("ada@example.org")
    person("bell@example.org")
    start(mailing)
    write_down_recipients(mailing.pk)
    if moment == "while-it-waits":
        queue_next(mailing.pk)
    change(ada)
    go_on_with_mailings(sleep=lambda _: None)
    sender.send_due()

    assert got(sink) == ["bell@example.org"]
    if Supporter.objects.filter(pk=ada.pk).exists():
        ada.refresh_from_db()
        assert ada.last_contacted_at is None


def test_person_is_contacted_when_the_mail_leaves_and_not_before(mailing, sender):
    ada = person("ada@example.org")
    start(mailing)
    go_on_with_mailings(sleep=lambda _: None)
    ada.refresh_from_db()
    assert ada.last_contacted_at is None

    sender.send_due()
    ada.refresh_from_db()
    assert timezone.now() - ada.last_contacted_at < timedelta(minutes=1)


def test_sender_who_lost_the_permission_sends_nothing(mailing, sender, sink, organiser):
    crowd(1)
    start(mailing)
    organiser.user_permissions.clear()
    go_on_with_mailings(sleep=lambda _: None)
    sender.send_due()

    mailing.refresh_from_db()
    assert (sink.received, mailing.state) == ([], MailingState.STOPPED)


def test_sending_is_written_down_and_happens_once(mailing, organiser):
    start_mailing(mailing=mailing, by=organiser, count=7)
    entry = AuditEntry.objects.get(action="send_mailing")
    assert (entry.actor_id, entry.count, entry.purpose) == (organiser.pk, 7, Purpose.UPDATES)

    with pytest.raises(NotADraft):
        start_mailing(mailing=mailing, by=organiser, count=7)
    with pytest.raises(NotADraft):
        save_mailing(mailing=mailing, by=organiser)
    with pytest.raises(NotADraft):
        delete_draft(mailing=mailing)


def test_pressing_send_wakes_the_worker(mailing, organiser, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        start_mailing(mailing=mailing, by=organiser, count=0)

    job = ProcrastinateJob.objects.get(task_name="supporters.mailings")
    assert (job.queue_name, job.args) == ("long", {"timestamp": 0})


def test_test_mail_goes_to_the_organiser_and_ends_nobodys_mails(mailing, organiser, sender, sink):
    crowd(1)
    send_test(mailing=mailing, to=organiser)
    sender.send_due()

    assert got(sink) == ["organiser@example.org"]
    token = sink.received[0].email["List-Unsubscribe"].split("/")[-2]
    assert not Supporter.objects.filter(pk=read_token(token)[0]).exists()


def test_draft_needs_a_subject_and_a_text(organiser):
    with pytest.raises(ValidationError):
        save_mailing(mailing=Mailing(subject="", body="Text"), by=organiser)


def test_who_it_is_for_costs_one_query_however_many(mailing, django_assert_num_queries):
    crowd(5)
    with django_assert_num_queries(1):
        assert people_for(mailing).count() == 5


def test_other_mail_is_not_counted_as_waiting(mailing, monkeypatch):
    monkeypatch.setattr(running, "MOST_WAITING", 1)
    crowd(1)
    queue_message(kind=NOTE, subject_id=mailing.pk, recipient="bell@example.org")
    start(mailing)
    write_down_recipients(mailing.pk)

    assert running._waiting() == 0


def test_whom_it_went_to_is_forgotten_a_month_after_it_ended(mailing, sender):
    crowd(2)
    send_out(mailing, sender)
    assert forget_recipients() == 0
    Mailing.objects.update(finished_at=timezone.now() - timedelta(days=31))

    assert forget_recipients() == 2
    mailing.refresh_from_db()
    assert (MailingRecipient.objects.count(), mailing.addressed) == (0, 2)


def test_no_log_line_names_anybody(mailing, sender, sink, caplog):
    caplog.set_level(logging.DEBUG)
    person("canary@example.org", name="Canary")
    sink.recipient_code = 550
    send_out(mailing, sender)

    assert "anary" not in caplog.text
