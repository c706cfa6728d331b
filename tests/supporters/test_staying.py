"""People who have been silent for long are asked once, a month ahead, and only their own button keeps them."""

import email
import email.policy
from datetime import timedelta

import pytest
from django.utils import timezone

from petitions.models import Signature
from petitions.services import confirm_signature, sign_petition
from supporters.identity import email_key
from supporters.models import ConsentRecord, Link, Message, Supporter, Suppression
from supporters.outbox import forget_settled_messages
from supporters.services.consent import change_consent
from supporters.services.keeping import forget_silent_supporters
from supporters.staying import ASK_BEFORE, METHOD, STAY_LINK, STILL_THERE_MAIL, ask_who_stays, stay
from tests.factories.petitions import PetitionPageFactory, draft_for
from tests.supporters.mail_kinds import let_time_pass

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def somebody(*, silent_for=YEAR - ASK_BEFORE + SECOND, wants_updates=True):
    sign_petition(draft_for(PetitionPageFactory(), wants_updates=wants_updates))
    confirm_signature(Signature.objects.get().pk)
    Message.objects.all().delete()
    Supporter.objects.update(last_act_at=timezone.now() - silent_for)
    return Supporter.objects.get()


def parsed(received):
    return email.message_from_bytes(received.email.as_bytes(), policy=email.policy.default)


@pytest.mark.parametrize(
    ("silent_for", "asked"), [(YEAR - ASK_BEFORE - MINUTE, 0), (YEAR - ASK_BEFORE + SECOND, 1), (YEAR + MINUTE, 0)]
)
def test_people_are_asked_a_month_before_they_are_forgotten(silent_for, asked):
    person = somebody(silent_for=silent_for)

    assert ask_who_stays() == asked
    assert [message.recipient for message in Message.objects.all()] == [person.email] * asked


def test_the_month_before_a_shorter_time(settings):
    settings.KEEP_SUPPORTERS_DAYS = 90
    somebody(silent_for=timedelta(days=61))

    assert ask_who_stays() == 1


def test_nobody_is_asked_twice(sender, sink):
    somebody()
    assert (ask_who_stays(), ask_who_stays()) == (1, 0)

    sender.send_due()
    let_time_pass(timedelta(days=8))
    forget_settled_messages()

    assert not Message.objects.exists()
    assert ask_who_stays() == 0
    assert len(sink.received) == 1


def test_who_agreed_to_nothing_or_must_not_be_written_to_is_not_asked():
    person = somebody(wants_updates=False)
    assert ask_who_stays() == 0

    ConsentRecord.objects.create(
        supporter=person,
        text=Signature.objects.get().consent_text,
        choice="given",
        method="test",
        asked_at=timezone.now(),
    )
    Suppression.objects.create(email_key=email_key(person.email), reason="bounced")
    assert ask_who_stays() == 0


def test_the_mail_is_discreet_and_can_be_ended_by_the_mail_program(sender, sink):
    somebody()
    ask_who_stays()
    sender.send_due()

    mail = parsed(sink.received[0])
    assert mail["Subject"] == "Would you like to stay on the list?"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "petition" not in str(mail["Subject"]).lower()
    assert "/links/" in mail.get_body(("plain",)).get_content()


def test_the_mail_is_not_sent_to_somebody_who_did_something_in_between(sender, sink):
    somebody()
    ask_who_stays()
    Supporter.objects.update(last_act_at=timezone.now())

    sender.send_due()

    assert sink.received == []
    assert Message.objects.get().state == "cancelled"


def the_link(sender):
    ask_who_stays()
    sender.send_due()
    return Link.objects.get(purpose=STAY_LINK)


def test_looking_changes_nothing_and_the_button_gives_the_same_yes_anew(client, sender, sink):
    person = somebody()
    ask_who_stays()
    sender.send_due()
    body = parsed(sink.received[0]).get_body(("plain",)).get_content()
    token = next(line for line in body.split() if "/links/" in line).rstrip("/").rpartition("/")[2]
    first = ConsentRecord.objects.get()

    client.get(f"/links/{token}/")
    page = client.get("/links/").content.decode()
    assert first.text.wording in page
    assert ConsentRecord.objects.count() == 1

    for _ in range(2):
        response = client.post("/links/", {"token": token}, headers={"Sec-Fetch-Site": "same-origin"})
        assert (response.status_code, response["Location"]) == (303, "/staying/")
    assert client.get("/staying/").status_code == 200

    anew = ConsentRecord.objects.exclude(pk=first.pk).get()
    assert (anew.text, anew.choice, anew.method, anew.page, anew.actor) == (first.text, "given", METHOD, None, None)
    person.refresh_from_db()
    assert timezone.now() - person.last_act_at < timedelta(minutes=1)
    assert forget_silent_supporters() == 0


def test_there_is_nothing_to_give_anew_once_it_was_taken_back(client, sender):
    person = somebody()
    link = the_link(sender)
    change_consent(supporter=person, purpose="updates", choice="withdrawn", method="test")

    assert not stay(link.subject_id)
    assert ConsentRecord.objects.filter(choice="given").count() == 1


def test_a_record_merged_in_the_meantime_stays_by_the_link_to_either(sender):
    person = somebody()
    link = the_link(sender)
    kept = Supporter.objects.create(email_key=email_key("new@example.org"))
    with_words = Signature.objects.get().consent_text
    ConsentRecord.objects.create(
        supporter=kept, text=with_words, choice="given", method="test", asked_at=timezone.now()
    )
    Supporter.objects.filter(pk=kept.pk).update(last_act_at=timezone.now() - YEAR + ASK_BEFORE - SECOND)
    Supporter.objects.filter(pk=person.pk).update(merged_into=kept, name=None, email=None, postcode=None, phone=None)

    assert stay(link.subject_id)
    kept.refresh_from_db()
    assert timezone.now() - kept.last_act_at < MINUTE


def test_doing_nothing_is_an_answer(sender):
    somebody()
    the_link(sender)
    Supporter.objects.update(last_act_at=timezone.now() - YEAR - SECOND)

    assert forget_silent_supporters() == 1
    assert not Link.objects.filter(purpose=STAY_LINK).exists()
    assert not Message.objects.filter(kind=STILL_THERE_MAIL, state="queued").exists()
