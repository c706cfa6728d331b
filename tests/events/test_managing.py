"""What the holder of the private link sees and does; and that nobody else does."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document

from events.mail_kinds import CONFIRM_LINK, CONFIRM_MAIL, REGISTERED_MAIL
from events.models import AccessNeeds, EventPage, EventStatus, Place, Question, RecordingAudience, Registration
from supporters.links.holding import COOKIE
from supporters.models import ActionState, Link, Message
from tests.events.browsing import Holder, text_of, token_for
from tests.events.registering import confirmed, draft_for
from tests.factories.events import EventPageFactory, make_registration

pytestmark = pytest.mark.django_db

NEEDS = '{"choices": ["captions", "breaks"], "text": "Slowly, please."}'
PRESSES = ("manage_change", "manage_cancel", "manage_take", "manage_send_again", "manage_calendar", "manage_recording")


def over(page, **values):
    now = timezone.now()
    EventPage.objects.filter(pk=page.pk).update(
        starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=2), **values
    )


@pytest.fixture
def somebody():
    return Holder(confirmed(draft_for(needs=NEEDS, question="Who decides?", name="Quiet Lantern")))


def test_the_page_shows_what_was_told_and_says_nothing_in_its_title(somebody):
    page = text_of(somebody.look())

    assert "You have a seat." in page
    for told in ("Quiet Lantern", "Slowly, please.", "Who decides?"):
        assert told in page
    assert page.count("checked") == 3, "two needs, and being reminded"
    assert "<title>Your registration" in page
    assert "ada@example.org" not in page


def test_looking_changes_nothing(somebody):
    before = list(Registration.objects.values()), Message.objects.count(), Link.objects.count()
    somebody.look()
    somebody.client.get(reverse("events:manage"))
    for name in PRESSES:
        assert somebody.client.get(reverse(f"events:{name}")).status_code == 405, name

    assert (list(Registration.objects.values()), Message.objects.count(), Link.objects.count()) == before


def test_the_page_is_for_nobody_else_and_stays_nowhere(somebody):
    response = somebody.look()

    assert response["Cache-Control"] == "private, no-store"
    assert response.request["PATH_INFO"] == "/events/manage/"
    assert somebody.token not in response.request["QUERY_STRING"]
    assert somebody.client.cookies[COOKIE]["httponly"]


@pytest.mark.parametrize("name", PRESSES)
@pytest.mark.parametrize("token", ["", "a guess", "x" * 43])
def test_without_the_link_nothing_happens(somebody, name, token):
    response = Client().post(reverse(f"events:{name}"), {"token": token})

    assert response.status_code == 404
    assert Registration.objects.get().state == ActionState.CONFIRMED


@pytest.mark.parametrize("name", PRESSES)
def test_a_link_for_something_else_opens_nothing_here(somebody, name):
    token = token_for(somebody.registration, CONFIRM_LINK)

    assert Client().post(reverse(f"events:{name}"), {"token": token}).status_code == 404
    client = Client()
    client.cookies[COOKIE] = token
    assert client.get(reverse("events:manage")).status_code == 404


def test_another_sites_page_presses_nothing(somebody):
    response = somebody.client.post(
        reverse("events:manage_cancel"), {"token": somebody.token}, headers={"sec-fetch-site": "cross-site"}
    )

    assert response.status_code == 403
    assert Registration.objects.get().state == ActionState.CONFIRMED


def test_without_the_cookie_the_link_can_be_pasted():
    assert "paste" in text_of(Client().get(reverse("events:manage")))


def test_changing_keeps_what_was_typed(somebody):
    response = somebody.change(name="Still Water", needs=["telephone"], needs_text="", question="And when?")

    assert response.status_code == 200
    assert "Your changes are kept." in text_of(response)
    kept = Registration.objects.get()
    assert (kept.name, kept.wants_reminders, kept.place) == ("Still Water", True, Place.SEATED)
    assert AccessNeeds.objects.get().text == '{"choices": ["telephone"], "text": ""}'
    assert Question.objects.get().text == "And when?"


def test_reminders_and_answers_can_be_taken_back(somebody):
    somebody.press("manage_change", name="", needs_text="", question="")

    kept = Registration.objects.get()
    assert kept.wants_reminders is False
    assert kept.name.startswith("Guest ")
    assert not AccessNeeds.objects.exists()
    assert not Question.objects.exists()


def test_what_the_event_no_longer_asks_about_is_not_lost(somebody):
    EventPage.objects.update(asks_access_needs=False, asks_questions=False)
    somebody.change(name="Still Water")

    assert AccessNeeds.objects.get().text == NEEDS
    assert Question.objects.get().text == "Who decides?"


def test_a_mistake_is_the_page_with_everything_typed(somebody):
    response = somebody.change(name="www.example.org", question="Typed anew.")

    assert response.status_code == 422
    assert "Typed anew." in text_of(response)
    assert "<title>Error: " in text_of(response)
    assert Registration.objects.get().name == "Quiet Lantern"


def test_more_seats_only_where_there_are_some():
    event = EventPageFactory(capacity=4, most_seats=3)
    group = Holder(confirmed(draft_for(event, seats=2)))
    make_registration(event, email="grace@example.org")
    assert group.change(seats="3").status_code == 200, "there is one seat left"
    assert group.change(seats="2").status_code == 200
    make_registration(event, email="mary@example.org")
    response = group.change(seats="3")

    assert response.status_code == 409
    assert "not so many seats left" in text_of(response)
    assert Registration.objects.get(pk=group.registration.pk).seats == 2
    assert group.change(seats="9").status_code == 422


def test_cancelling_forgets_and_ends_the_link(somebody):
    response = somebody.press("manage_cancel")

    assert response.status_code == 303
    assert response["Location"] == f"/events/{somebody.registration.page_id}/cancelled/"
    kept = Registration.objects.get()
    assert (kept.place, kept.email, kept.name, kept.person_key) == (Place.CANCELLED, "", "", None)
    assert somebody.client.get(response["Location"]).status_code == 200
    assert somebody.look().status_code == 404
    assert somebody.press("manage_cancel").status_code == 404


def test_an_offered_seat_is_taken_with_one_press_and_not_too_late():
    event = EventPageFactory(capacity=1)
    holder = Holder(make_registration(event, place=Place.OFFERED))
    assert "A seat is kept for you until" in text_of(holder.look())
    assert "The seat is yours." in text_of(holder.press("manage_take"))
    assert Registration.objects.get().place == Place.SEATED

    late = Holder(make_registration(event, place=Place.OFFERED, email="grace@example.org"))
    Registration.objects.filter(pk=late.registration.pk).update(offered_until=timezone.now() - timedelta(minutes=1))
    response = late.press("manage_take")
    assert response.status_code == 409
    assert "no longer kept for you" in text_of(response)


def test_whoever_waits_is_told_their_number():
    event = EventPageFactory(capacity=0)
    make_registration(event, place=Place.WAITING, email="grace@example.org")
    holder = Holder(make_registration(event, place=Place.WAITING))

    assert "at number 2" in text_of(holder.look())


def test_whoever_has_not_confirmed_can_do_so_only_by_the_mail():
    holder = Holder(make_registration(place=Place.UNCONFIRMED))

    assert "Not confirmed yet" in text_of(holder.look())
    assert holder.change(name="Still Water").status_code == 404
    assert holder.press("manage_send_again").status_code == 200
    assert Message.objects.get().kind == CONFIRM_MAIL


def test_the_mail_comes_again_to_the_address_we_have_and_not_for_ever(somebody):
    Message.objects.all().delete()
    for _ in range(4):
        response = somebody.press("manage_send_again", email="mallory@example.org")
        assert response.status_code == 200

    assert {message.recipient for message in Message.objects.all()} == {"ada@example.org"}
    assert Message.objects.count() == 2
    assert REGISTERED_MAIL not in Message.objects.values_list("kind", flat=True)


def test_the_calendar_file_holds_nothing_about_the_person(somebody):
    response = somebody.press("manage_calendar")

    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    file = response.content.decode()
    for word in ("ada", "Quiet Lantern", somebody.token, "ATTENDEE"):
        assert word not in file


@pytest.mark.parametrize("audience", RecordingAudience.values)
def test_afterwards_the_recording_is_seen_even_when_nobody_is_known_any_more(client, audience):
    somebody = Holder(make_registration())
    recording = "https://video.example/lantern"
    over(somebody.registration.page, recording_url=recording, recording_audience=audience)
    Registration.objects.update(name=None, email=None, person_key=None)

    page = text_of(somebody.look())
    assert recording in page
    assert "manage/change" not in page
    assert "manage/cancel" not in page
    public = text_of(client.get(EventPage.objects.get().url))
    assert (recording in public) == (audience == RecordingAudience.PUBLIC)


def test_a_recording_kept_here_is_for_those_who_registered_and_after_the_event(client, somebody, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = Document.objects.create(title="Recording", file=ContentFile(b"moving pictures", name="evening.webm"))
    EventPage.objects.update(recording_file=document, recording_audience=RecordingAudience.REGISTERED)
    assert somebody.press("manage_recording").status_code == 404, "it is still to come"
    over(somebody.registration.page)

    assert document.url not in text_of(somebody.look())
    assert document.url not in text_of(client.get(EventPage.objects.get().url))
    response = somebody.press("manage_recording")
    assert b"".join(response.streaming_content) == b"moving pictures"
    assert response["Cache-Control"] == "private, no-store"
    waiting = Holder(make_registration(somebody.registration.page, place=Place.UNCONFIRMED, email="w@example.org"))
    assert waiting.press("manage_recording").status_code == 404
    document.file.storage.delete(document.file.name)
    assert somebody.press("manage_recording").status_code == 404


def test_a_recording_is_not_shown_before_the_event(somebody):
    EventPage.objects.update(recording_url="https://video.example/lantern")

    assert "video.example" not in text_of(somebody.look())


def test_nothing_is_changed_or_cancelled_once_it_is_over(somebody):
    over(somebody.registration.page)

    for name in ("manage_change", "manage_cancel"):
        assert somebody.press(name, name="Still Water").status_code == 404, name
    assert Registration.objects.get().name == "Quiet Lantern"


def test_a_cancelled_event_says_so(somebody):
    EventPage.objects.update(status=EventStatus.CANCELLED, status_note="The speaker is ill.")
    page = text_of(somebody.look())

    assert "The event is cancelled." in page
    assert "The speaker is ill." in page
