"""Who is registered, as organisers see it: under the name shown, by one exact address, on paper and in a file."""

import csv
import io

import pytest
from django.urls import reverse

from events.mail_kinds import REGISTERED_MAIL, WAITING_MAIL
from events.models import Place, Registration
from supporters.models import AuditEntry, Message
from tests.events.registering import confirmed, draft_for
from tests.factories.events import EventPageFactory, make_registration
from tests.petitions.organisers import colleague

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ADDRESS = "zephyrine@example.org"


@pytest.fixture
def organiser(client):
    client.force_login(colleague("view_registration", "change_registration"))
    return client


@pytest.fixture
def officer(client):
    client.force_login(colleague("view_registration", "export_registrations"))
    return client


@pytest.fixture
def page():
    return EventPageFactory(title="Safe to report", capacity=2)


def url(name, page, *more):
    return reverse(f"events_admin:{name}", args=[page.pk, *more])


def shown(client, name, page, query=""):
    return client.get(url(name, page) + query).content.decode()


def audited():
    return list(AuditEntry.objects.order_by("sequence").values_list("action", "count", "purpose"))


def file_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_roster_shows_names_and_places_and_never_an_address(organiser, page):
    make_registration(page, name="Quill", email=ADDRESS)
    make_registration(page, name="Lantern", email="bo@example.org", place=Place.WAITING)

    text = shown(organiser, "roster", page)

    assert "Quill" in text
    assert "Lantern" in text
    assert "On the waiting list" in text
    assert ADDRESS not in text
    assert audited() == []


def test_one_place_can_be_listed_and_an_unknown_one_lists_all(organiser, page):
    make_registration(page, name="Quill", email=ADDRESS)
    make_registration(page, name="Lantern", email="bo@example.org", place=Place.WAITING)

    waiting, anything = shown(organiser, "roster", page, "?place=waiting"), shown(organiser, "roster", page, "?place=x")

    assert "Lantern" in waiting
    assert "Quill" not in waiting
    assert "Quill" in anything


def test_the_list_to_print_has_those_with_a_seat_by_name(organiser, page):
    for name, place in [("Zed", Place.SEATED), ("amber", Place.SEATED), ("Lantern", Place.WAITING)]:
        make_registration(page, name=name, email=f"{name}@example.org", place=place, seats=2)

    text = shown(organiser, "print", page)

    assert text.index("amber") < text.index("Zed")
    assert "4 people have a seat" in " ".join(text.split())
    assert "Lantern" not in text
    assert "@example.org</" not in text


def test_somebody_is_found_by_the_whole_address_and_that_goes_on_record(organiser, page):
    make_registration(page, name="Quill", email=ADDRESS)

    found = organiser.post(url("find", page), {"email": ADDRESS.upper()}).content.decode()
    nobody = organiser.post(url("find", page), {"email": "zeph@example.org"}).content.decode()

    assert "Quill" in found
    assert "Nobody is registered with this address" in nobody
    assert audited() == [("find_registrants", 1, ""), ("find_registrants", 0, "")]
    assert AuditEntry.objects.first().subject == "Safe to report"


def test_an_address_is_searched_for_in_one_event_alone(organiser, page):
    make_registration(name="Quill", email=ADDRESS)

    assert "Nobody is registered" in organiser.post(url("find", page), {"email": ADDRESS}).content.decode()


def test_what_is_no_address_is_told_so(organiser, page):
    assert organiser.post(url("find", page), {"email": "zephyrine"}).status_code == 422
    assert audited() == []


def add(client, page, **typed):
    return client.post(url("add", page), {"name": "Quill", "email": ADDRESS, "asked": "on", **typed}, follow=True)


def test_somebody_is_added_with_a_seat_and_told(organiser, page):
    assert "Added. Has a seat." in add(organiser, page).content.decode()

    added = Registration.objects.get()
    assert (added.place, added.name, added.wants_updates, added.supporter) == (Place.SEATED, "Quill", False, None)
    assert Message.objects.get().kind == REGISTERED_MAIL
    assert audited() == [("add_registrant", 1, "")]


def test_somebody_added_waits_like_everybody_else(organiser, page):
    for number in range(2):
        confirmed(draft_for(page, email=f"p{number}@example.org", network=f"198.51.{number}.0"))

    assert "Added. On the waiting list." in add(organiser, page).content.decode()
    assert Message.objects.filter(kind=WAITING_MAIL).count() == 1


def test_nobody_is_added_twice_or_without_having_asked(organiser, page):
    add(organiser, page)

    again, unasked = add(organiser, page), add(organiser, page, email="bo@example.org", asked="")

    assert (again.status_code, unasked.status_code) == (422, 422)
    assert "already" in again.content.decode()
    assert ADDRESS in again.content.decode()
    assert Registration.objects.count() == 1


def test_nobody_is_added_to_what_was_called_off(organiser):
    page = EventPageFactory(status="cancelled")

    assert "Nobody was added" in add(organiser, page).content.decode()
    assert not Registration.objects.exists()


def test_the_file_names_nobody_for_those_who_may_not_take_addresses(organiser, page):
    make_registration(page, name="Quill", email=ADDRESS)

    response = organiser.post(url("take_list", page), {"purpose": "Chairs", "with_people": "on"})

    [row] = file_of(response)
    assert (row["Place"], row["People"]) == ("Has a seat", "1")
    assert "Quill" not in str(row)
    assert ADDRESS not in str(row)
    assert audited() == [("export_registrations_without_names", 1, "Chairs")]


def test_the_file_has_names_and_addresses_for_those_who_may_and_on_record(officer, page):
    make_registration(page, name="=Quill", email=ADDRESS)

    response = officer.post(url("take_list", page), {"purpose": "Seating", "with_people": "on"})

    [row] = file_of(response)
    assert row["E-mail address"] == ADDRESS
    # No spreadsheet takes it for a formula.
    assert row["Name shown"] == "'=Quill"
    assert audited() == [("export_registrants", 1, "Seating")]
    assert "report" not in response.headers["Content-Disposition"]


def test_nothing_is_taken_without_saying_what_for(officer, page):
    assert officer.post(url("take_list", page), {"with_people": "on"}).status_code == 422
    assert audited() == []
