"""An event that was translated is one event: one room, one list of seats, one time."""

import re
from datetime import timedelta

import pytest

from events.models import EventPage, EventStatus, Registration
from events.selectors import seats_free
from events.services import register
from supporters.mails import render
from supporters.models import Message
from tests.events.registering import confirmed, draft_for, registered
from tests.factories.events import EventPageFactory
from tests.factories.petitions import ConsentTextFactory
from tests.factories.translations import translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def english() -> EventPage:
    return EventPageFactory(capacity=3)


@pytest.fixture
def romanian(english) -> EventPage:
    for text in english.asked_texts:
        ConsentTextFactory(language="ro", controller=text.controller, purpose=text.purpose)
    return translated(english, "ro", title="Cine este crezut")


def test_who_registers_in_both_languages_has_one_seat(english, romanian):
    confirmed(draft_for(english))
    register(draft_for(romanian))
    confirmed(draft_for(romanian, email="bell@example.org"))

    assert set(Registration.objects.values_list("page_id", flat=True)) == {english.pk}
    assert [seats_free(page) for page in (english, romanian)] == [1, 1]


def test_the_mail_its_page_and_the_thanks_are_in_the_language_it_was_registered_in(client, romanian):
    registered(draft_for(romanian))
    mail = render(Message.objects.get())
    [link] = re.findall(r"http\S+/links/\S+", mail.body)[:1]
    asked = client.get(link, follow=True)
    token = dict(re.findall(r'name="(\w+)" value="([^"]+)"', asked.content.decode()))
    thanked = client.post(asked.request["PATH_INFO"], token)

    assert romanian.title in asked.content.decode()
    assert thanked["Location"] == f"/events/{romanian.pk}/thank-you/"


def test_moving_it_moves_it_in_every_language_and_its_calendar_entry_stays_one(client, english, romanian):
    english.starts_at += timedelta(days=1)
    english.ends_at += timedelta(days=1)
    english.save_revision().publish()
    romanian.refresh_from_db()

    assert (romanian.starts_at, romanian.uid, romanian.sequence) == (english.starts_at, english.uid, english.sequence)


def test_cancelling_it_cancels_it_in_every_language(client, english, romanian):
    registered(draft_for(romanian))
    english.status = EventStatus.CANCELLED
    english.save_revision().publish()

    answer = client.post(f"/events/{romanian.pk}/register/", {"email": "bell@example.org", "name": "Bell"})
    assert answer.status_code == 409
    assert Registration.objects.count() == 1
