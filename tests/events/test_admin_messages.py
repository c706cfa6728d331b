"""An organiser writes to those registered: looked at first, sent once, each in a mail of their own."""

import json
import uuid

import pytest
from django.urls import reverse

from events.mail_kinds import ORGANISER_MAIL
from events.models import EventMessage, JoinUse, Place
from events.services import cancel_registration, send_message
from supporters.mails import render
from supporters.models import AuditEntry, Message, MessageState
from tests.at_once import at_once
from tests.factories.events import EventPageFactory, RoomFactory, make_registration
from tests.petitions.organisers import colleague

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

BODY = "We start with a short round of names.\n\nBring tea."


@pytest.fixture
def organiser(client):
    client.force_login(colleague("view_registration", "message_registrants"))
    return client


@pytest.fixture
def page():
    return EventPageFactory(title="Safe to report", discreet_title="Tuesday's call")


def written(audience="seated", **typed):
    return {"key": str(uuid.uuid4()), "audience": audience, "subject": "Before we meet", "body": BODY, **typed}


def press(client, page, verb, typed):
    return client.post(reverse("events_admin:write_message", args=[page.pk]), {**typed, "verb": verb}, follow=True)


def recipients():
    return sorted(str(message.recipient) for message in Message.objects.filter(kind=ORGANISER_MAIL))


def everywhere(page):
    """Somebody at every place, by the name of the place."""
    return {place: make_registration(page, place=place, email=f"{place}@example.org") for place in Place.values}


def test_nothing_is_sent_before_it_was_looked_at(organiser, page):
    make_registration(page)

    shown = press(organiser, page, "look", written()).content.decode()

    assert "As people read it" in shown
    assert "1 person, each in a mail of their own" in shown
    assert press(organiser, page, "send", written()).status_code == 422
    assert not Message.objects.exists()
    assert not EventMessage.objects.exists()


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        ("seated", ["seated"]),
        ("waiting", ["offered", "waiting"]),
        ("everybody", ["lapsed", "offered", "seated", "waiting"]),
    ],
)
def test_each_of_the_audience_gets_a_mail_and_nobody_else(organiser, page, audience, reached):
    everywhere(page)
    make_registration(email="elsewhere@example.org")

    shown = press(organiser, page, "send", written(audience, sure="on")).content.decode()

    assert f"On its way to {len(reached)}" in shown
    assert recipients() == [f"{place}@example.org" for place in reached]
    assert list(AuditEntry.objects.values_list("action", "count")) == [("message_registrants", len(reached))]


def test_those_who_joined_are_written_to_once_however_many_devices_they_used(organiser, page):
    came = everywhere(page)["seated"]
    make_registration(page, email="stayed-away@example.org")
    for _ in range(2):
        JoinUse.objects.create(registration=came)

    press(organiser, page, "send", written("came", sure="on"))

    assert recipients() == ["seated@example.org"]


def test_the_mail_has_the_words_of_the_organiser_and_the_way_to_cancel(organiser, page):
    make_registration(page)
    press(organiser, page, "send", written(sure="on", subject="Before\r\nBcc: all@example.org we meet"))

    mail = render(Message.objects.get())

    assert mail.subject == "Before Bcc: all@example.org we meet"
    assert mail.to == ["ada@example.org"]
    assert BODY in mail.body
    assert "/links/" in mail.body
    html = mail.alternatives[0][0]
    assert "Bring tea." in html
    assert not any("Safe to report" in text for text in (mail.subject, mail.body, html))


def test_what_is_written_is_no_markup(organiser, page):
    make_registration(page)
    press(organiser, page, "send", written(sure="on", body="<script>alert(1)</script>"))

    assert "<script>" not in render(Message.objects.get()).alternatives[0][0]


def test_whoever_cancels_before_it_leaves_gets_nothing(organiser, page):
    registration = make_registration(page)
    press(organiser, page, "send", written(sure="on"))

    cancel_registration(registration.pk)

    assert Message.objects.get().state == MessageState.CANCELLED


def test_the_same_form_pressed_twice_sends_once(organiser, page):
    make_registration(page)
    typed = written(sure="on")

    press(organiser, page, "send", typed)
    shown = press(organiser, page, "send", typed).content.decode()

    assert "was sent before" in shown
    assert len(recipients()) == 1
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_sends():
    page = EventPageFactory()
    make_registration(page)
    boss = colleague("message_registrants")
    key = uuid.uuid4()

    def send(_number):
        return send_message(page=page, audience="seated", subject="Once", body=BODY, by=boss, message_id=key)

    assert sorted(at_once(2, send), key=str) == [1, None]
    assert len(recipients()) == 1


@pytest.mark.parametrize("field", ["subject", "body"])
def test_the_address_of_the_room_is_not_mailed_around(organiser, page, field):
    RoomFactory(page=page, address="https://rooms.example/lantern-7421/")
    make_registration(page)

    typed = written(**{field: "Come to HTTPS://ROOMS.example/Lantern-7421 then."})
    response = press(organiser, page, "look", typed)

    assert response.status_code == 422
    assert "The address of the room stands in it" in response.content.decode()


def test_a_telling_subject_is_advised_against(organiser, page):
    make_registration(page)

    assert (
        "shows on a locked screen"
        in press(organiser, page, "look", written(subject="Sex workers meet")).content.decode()
    )


def test_an_error_keeps_what_was_typed(organiser, page):
    response = press(organiser, page, "look", written(subject=""))

    assert response.status_code == 422
    assert "Bring tea." in response.content.decode()


def test_what_was_sent_is_listed(organiser, page):
    make_registration(page)
    press(organiser, page, "send", written(sure="on"))

    shown = organiser.get(reverse("events_admin:messages", args=[page.pk])).content.decode()

    assert "Before we meet" in shown
    assert "Robin" in shown


def test_the_message_stands_in_one_row_and_not_in_every_mail(organiser, page):
    make_registration(page)
    press(organiser, page, "send", written(sure="on"))

    assert json.loads(Message.objects.get().body) == {"message": str(EventMessage.objects.get().pk)}
