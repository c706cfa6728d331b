"""What a visitor is answered: the same whether or not their address is known, and never an error page."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, Page

from events.models import AccessNeeds, EventStatus, Place, Question, Registration
from events.services import confirm_registration
from supporters.models import LimitBucket, Message, PrivacyMode
from tests.events.browsing import form_data, register_url, text_of
from tests.factories.events import EventPageFactory, make_registration
from tests.factories.petitions import ConsentTextFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventPageFactory(title="Safe to report", slug="safe-to-report")


@pytest.fixture
def register(client, event):
    return lambda **typed: client.post(register_url(event), form_data(**typed))


def test_the_page_shows_the_form_and_sets_no_cookie(client, event):
    response = client.get(event.url)

    assert response.status_code == 200
    assert f'action="{register_url(event)}"' in text_of(response)
    assert "csrf" not in text_of(response)
    assert not response.cookies


def test_a_valid_form_leads_on_with_303_and_nothing_personal_in_the_address(event, register):
    response = register()

    assert response.status_code == 303
    assert response["Location"] == f"/events/{event.pk}/check-your-email/"
    kept = Registration.objects.get()
    assert (kept.name, kept.email, kept.seats, kept.time_zone) == ("Guest 4821", "ada@example.org", 1, "Asia/Kolkata")
    assert json.loads(AccessNeeds.objects.get().text) == {"choices": ["captions"], "text": "A break every half hour."}
    assert Question.objects.get().text == "Who decides?"


def test_an_address_is_all_that_is_needed(client, event):
    response = client.post(register_url(event), {"email": "ada@example.org"})

    assert response.status_code == 303
    kept = Registration.objects.get()
    assert re.fullmatch(r"Guest \d{4}", kept.name)
    assert not AccessNeeds.objects.exists()
    assert not Question.objects.exists()


def test_whoever_gives_no_name_has_one_in_the_language_of_the_page(client, event):
    Page.objects.filter(pk=event.pk).update(locale=Locale.objects.get(language_code="ro"))
    client.post(register_url(event), {"email": "ada@example.org"})

    assert re.fullmatch(r"Oaspete \d{4}", Registration.objects.get().name)


def test_an_invalid_form_is_the_page_itself_with_everything_typed(register):
    response = register(email="not an address", name="Ada <b>E</b>", needs_text="My own words.", question="Why not?")

    assert response.status_code == 422
    page = text_of(response)
    assert "<title>Error: " in page
    for typed in ("not an address", "Ada &lt;b&gt;E&lt;/b&gt;", "My own words.", "Why not?", "Asia/Kolkata"):
        assert typed in page
    assert 'href="#id_email"' in page
    assert 'aria-invalid="true"' in page
    assert page.count("checked") == 1, "what was ticked stays ticked, and nothing else"
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "ring www.example.org"}, "without a link"),
        ({"name": "4821"}, "at least one letter"),
        ({"name": "x" * 101}, "100 characters or fewer"),
        ({"needs": ["a throne"]}, "Choose from the list"),
        ({"needs_text": "x" * 601}, "600 characters or fewer"),
        ({"question": "x" * 601}, "600 characters or fewer"),
        ({"seats": "4"}, "3 people at most"),
        ({"seats": "0"}, "Enter 1 or more"),
        ({"seats": "-1"}, "Enter 1 or more"),
        ({"seats": "two"}, "Enter a whole number"),
        ({"seats": "9" * 5000}, "Enter a whole number"),
        ({"name": "Ada\x00"}, "Null characters"),
    ],
)
def test_what_is_wrong_is_said(client, typed, said):
    event = EventPageFactory(most_seats=3)
    response = client.post(register_url(event), form_data(**typed))

    assert response.status_code == 422
    assert said in text_of(response)


def test_a_group_registers_together_only_where_it_may(client, event):
    group = EventPageFactory(most_seats=3)
    client.post(register_url(group), form_data(seats="3"))
    client.post(register_url(event), form_data(seats="3"))

    assert group.registrations.get().seats == 3
    assert event.registrations.get().seats == 1, "a field that was not asked for is not read"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "x" * 500, "Europe/London\x00", "/etc/localtime"])
def test_a_strange_time_zone_is_left_out_without_a_word(register, zone):
    response = register(time_zone=zone)

    assert response.status_code in {303, 422}
    if response.status_code == 303:
        assert Registration.objects.get().time_zone == ""


def answer(response):
    headers = {name: value for name, value in response.items() if name != "Date"}
    return response.status_code, headers, response.content


def test_the_answer_is_the_same_for_new_waiting_and_confirmed_addresses(register):
    new = answer(register())
    waiting = answer(register())
    confirm_registration(Registration.objects.get().pk)
    confirmed = answer(register())

    assert new == waiting == confirmed


def test_the_answer_is_the_same_when_all_seats_are_taken(client):
    event = EventPageFactory(capacity=1)
    make_registration(event, place=Place.SEATED, email="grace@example.org")

    assert "All seats are taken" in text_of(client.get(event.url))
    assert client.post(register_url(event), form_data()).status_code == 303


def test_consents_are_boxes_nobody_ticked_and_are_kept(client, event):
    further = ConsentTextFactory(purpose="members", wording="Tell me about joining.")
    event.further_consents.add(further)
    event.save()
    page = text_of(client.get(event.url))

    assert event.consent_text.wording in page
    assert "Tell me about joining." in page
    assert "checked" not in page
    client.post(register_url(event), form_data(updates="on", consent_members="on"))
    kept = Registration.objects.get()
    assert (kept.wants_updates, kept.ticked_texts) == (True, [further.pk])


def test_an_event_that_only_counts_asks_for_no_consent(client):
    event = EventPageFactory(privacy_mode=PrivacyMode.COUNT, consent_text=None)

    assert 'name="updates"' not in text_of(client.get(event.url))
    assert client.post(register_url(event), form_data(updates="on")).status_code == 303
    assert Registration.objects.get().wants_updates is False


def test_an_event_asks_only_what_it_wants_to_know(client):
    event = EventPageFactory(asks_access_needs=False, asks_questions=False)
    page = text_of(client.get(event.url))

    assert 'name="needs' not in page
    assert 'name="question"' not in page
    client.post(register_url(event), form_data())
    assert not AccessNeeds.objects.exists()
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    "closed",
    [
        {"status": EventStatus.CANCELLED},
        {"closes_at": timezone.now() - timedelta(minutes=1)},
        {"opens_at": timezone.now() + timedelta(days=1)},
        {"starts_at": timezone.now() - timedelta(hours=3), "ends_at": timezone.now() - timedelta(hours=1)},
    ],
)
def test_nobody_registers_for_what_is_closed(client, closed):
    event = EventPageFactory(**closed)

    assert "sign-form" not in text_of(client.get(event.url))
    response = client.post(register_url(event), form_data())
    assert response.status_code == 409
    assert "sign-form" not in text_of(response)
    assert not Registration.objects.exists()


def test_an_event_that_is_not_there_is_404(client, event):
    event.unpublish()

    assert client.post(register_url(event), form_data()).status_code == 404
    for name in ("check_email", "thank_you", "too_late", "cancelled", "calendar"):
        assert client.get(reverse(f"events:{name}", args=[event.pk])).status_code == 404, name


def test_too_many_from_one_network_are_asked_to_wait_and_lose_nothing(register):
    register()
    LimitBucket.objects.update(full_until=timezone.now() + timedelta(days=1))
    response = register(email="late@example.org", question="Still here.")

    assert response.status_code == 429
    assert response["Retry-After"]
    assert "Still here." in text_of(response)
    assert Registration.objects.count() == 1


def test_the_mail_can_be_asked_for_again_and_nobody_learns_who_registered(client, event, register):
    register()
    url = reverse("events:resend", args=[event.pk])
    known = answer(client.post(url, {"email": "ada@example.org"}))
    unknown = answer(client.post(url, {"email": "grace@example.org"}))

    assert known == unknown
    assert known[0] == 303
    assert Message.objects.count() == 2
    assert client.post(url, {"email": "no address"}).status_code == 422


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.dictionaries(
        st.sampled_from(["name", "email", "seats", "needs", "needs_text", "question", "time_zone", "updates"]),
        st.text(st.characters(), max_size=80),
    )
)
def test_whatever_is_typed_the_answer_is_no_error_page(client, typed):
    event = EventPageFactory(most_seats=2)
    LimitBucket.objects.all().delete()
    sendable = {name: text.encode("utf-8", "replace").decode() for name, text in typed.items()}

    assert client.post(register_url(event), sendable).status_code in {303, 422}


def test_half_a_character_and_a_megabyte_are_no_error_page(client, event):
    broken = "name=%ED%A0%80&email=ada%40example.org&question=%FF%FE"
    form = "application/x-www-form-urlencoded"

    assert client.post(register_url(event), broken, content_type=form).status_code in {303, 422}
    assert client.post(register_url(event), form_data(question="x" * 1_000_000)).status_code == 422
