"""One registration in the workspace: moved, seated, cancelled, and its address shown on request."""

import uuid

import pytest
from django.urls import reverse

from events.mail_kinds import REGISTERED_MAIL, WAITING_MAIL
from events.models import EventPage, EventStatus, Place, Registration
from supporters.models import AuditEntry, Message
from tests.events.registering import people, places_of
from tests.factories.events import EventPageFactory, make_registration
from tests.petitions.organisers import colleague

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def organiser(client):
    client.force_login(colleague("view_registration", "change_registration"))
    return client


@pytest.fixture
def page():
    return EventPageFactory(capacity=1)


def url(registration):
    return reverse("events_admin:registration", args=[registration.page_id, registration.pk])


def press(client, registration, verb, **more):
    return client.post(url(registration), {"verb": verb, **more}, follow=True)


def audited():
    return list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))


def test_somebody_is_seated_before_their_turn_and_told(organiser, page):
    _first, second = people(page, 2)

    shown = press(organiser, second, "seat").content.decode()

    assert "They have a seat" in shown
    assert places_of(page) == [Place.SEATED, Place.SEATED]
    assert Message.objects.filter(kind=REGISTERED_MAIL, subject_id=second.pk).exists()
    assert audited() == ["seat_registrant"]


def test_somebody_is_moved_to_the_end_of_the_line_and_the_next_has_the_seat(organiser, page):
    first, _second = people(page, 2)

    press(organiser, first, "unseat")

    assert places_of(page) == [Place.WAITING, Place.SEATED]
    assert Message.objects.filter(kind=WAITING_MAIL, subject_id=first.pk).exists()
    assert audited() == ["unseat_registrant"]


def test_a_seat_that_nobody_waits_for_is_not_taken_away(organiser, page):
    first, *_rest = people(page, 1)
    mails = Message.objects.count()

    shown = press(organiser, first, "unseat").content.decode()

    assert "the seat would go straight back to them" in shown
    assert places_of(page) == [Place.SEATED]
    assert Message.objects.count() == mails
    assert audited() == []


def test_nobody_is_put_in_line_for_an_event_that_was_called_off(organiser, page):
    first, _second = people(page, 2)
    EventPage.objects.filter(pk=page.pk).update(status=EventStatus.CANCELLED)

    press(organiser, first, "unseat")

    assert places_of(page) == [Place.SEATED, Place.WAITING]
    assert audited() == []


def test_who_is_cancelled_is_forgotten_and_the_next_has_the_seat(organiser, page):
    first, _second = people(page, 2)

    shown = press(organiser, first, "cancel", sure="on").content.decode()

    first.refresh_from_db()
    assert "Who it was is forgotten" in shown
    assert first.place == Place.CANCELLED
    assert not first.name
    assert not first.email
    assert places_of(page) == [Place.CANCELLED, Place.SEATED]
    assert audited() == ["cancel_registrant"]


def test_nobody_is_cancelled_without_being_sure(organiser, page):
    registration = make_registration(page)

    assert organiser.post(url(registration), {"verb": "cancel"}).status_code == 422
    assert Registration.objects.get().place == Place.SEATED


def test_a_second_press_says_that_it_is_done(organiser, page):
    registration = make_registration(page)

    for _ in range(2):
        shown = press(organiser, registration, "cancel", sure="on").content.decode()

    assert "Nothing was changed" in shown
    assert audited() == ["cancel_registrant"]


def test_the_address_is_shown_on_request_to_those_who_may_and_on_record(client, page):
    client.force_login(colleague("view_registration", "export_registrations"))
    registration = make_registration(page)

    before = client.get(url(registration)).content.decode()
    shown = press(client, registration, "address").content.decode()

    assert "ada@example.org" not in before
    assert "ada@example.org" in shown
    assert audited() == ["view_registrant"]


@pytest.mark.parametrize("verb", ["seat", "unseat", "cancel", "address"])
def test_whoever_may_only_look_changes_nothing_and_sees_no_address(client, page, verb):
    client.force_login(colleague("view_registration"))
    registration = make_registration(page, place=Place.OFFERED)

    response = press(client, registration, verb, sure="on")

    assert "ada@example.org" not in response.content.decode()
    assert Registration.objects.get().place == Place.OFFERED
    assert audited() == []


def test_a_registration_is_not_found_under_another_event(organiser, page):
    registration = make_registration()

    assert organiser.get(reverse("events_admin:registration", args=[page.pk, registration.pk])).status_code == 404
    assert organiser.get(reverse("events_admin:registration", args=[page.pk, uuid.uuid4()])).status_code == 404


def test_an_unknown_button_does_nothing(organiser, page):
    registration = make_registration(page)

    assert press(organiser, registration, "explode").status_code == 200
    assert Registration.objects.get().place == Place.SEATED
