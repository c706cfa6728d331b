"""What an event's page says: when it is, what one needs to know, who speaks, and afterwards what came of it."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail_factories import ImageFactory

from events.models import AgendaItem, EventPage, EventSeriesPage, EventStatus, Place, Speaker
from home.models import CampaignPage
from home.public_address import public_address
from tests.events.browsing import text_of
from tests.factories.events import EventPageFactory, RoomFactory, make_registration
from tests.factories.petitions import CampaignPageFactory, ConsentTextFactory

pytestmark = pytest.mark.django_db


def shown(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return text_of(response)


def data_in(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])


def test_the_page_names_the_zone_and_leaves_room_for_the_readers_own(client):
    start = datetime(2036, 7, 1, 22, 30, tzinfo=UTC)
    page = shown(
        client, EventPageFactory(starts_at=start, ends_at=start + timedelta(hours=1), time_zone="Asia/Kolkata")
    )

    assert "Wednesday 2 July 2036" in page
    assert "04:00" in page
    assert "Kolkata time (Asia/Kolkata)" in page
    assert 'data-start="2036-07-02T04:00:00+05:30"' in page


def test_an_event_over_midnight_says_on_which_day_it_ends(client):
    start = datetime(2036, 6, 30, 22, 30, tzinfo=UTC)
    page = shown(client, EventPageFactory(starts_at=start, ends_at=start + timedelta(hours=2)))

    assert "Tuesday 1 July, 01:30" in page


def test_what_one_needs_to_know_to_take_part_is_there(client):
    page = EventPageFactory(
        interpretation="Romanian", sign_language="British Sign Language", captions="human", recording_notice="speakers"
    )
    text = shown(client, page)

    for said in ("Romanian", "British Sign Language", "Captions written by a person", "Only the speakers are recorded"):
        assert said in text


def test_speakers_are_shown_as_they_choose_and_pseudonyms_kept_from_search_engines(client):
    page = EventPageFactory()
    Speaker.objects.create(page=page, name="Jo Lantern", role="Lecturer", organisation="Harrow College", sort_order=1)
    Speaker.objects.create(page=page, name="Marigold", is_pseudonym=True, sort_order=2)
    AgendaItem.objects.create(page=page, begins="19:05", title="What the law does")
    text = shown(client, page)

    for said in ("Jo Lantern", "Lecturer, Harrow College", "Marigold", "19:05", "What the law does"):
        assert said in text
    assert data_in(text)["performer"] == [{"@type": "Person", "name": "Jo Lantern"}]


def test_a_picture_is_shown_only_of_somebody_under_their_own_name(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = EventPageFactory()
    speaker = Speaker.objects.create(page=page, name="Jo Lantern", picture=ImageFactory())
    assert 'class="speaker__picture"' in shown(client, page)

    Speaker.objects.filter(pk=speaker.pk).update(is_pseudonym=True)
    assert "speaker__picture" not in shown(client, page)


def test_search_engines_read_the_event_and_nothing_typed_ends_the_element(client):
    title = "</script><script>alert(1)</script> & “more”"
    page = EventPageFactory(title=title, slug="more", status=EventStatus.MOVED)
    page.starts_at += timedelta(hours=1)
    page.ends_at += timedelta(hours=1)
    page.save()
    text = shown(client, page)
    data = data_in(text)

    assert "<script>alert" not in text
    assert data["name"] == title
    assert data["@type"] == "Event"
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert datetime.fromisoformat(data["startDate"]) == page.starts_at
    assert datetime.fromisoformat(data["previousStartDate"]) == page.starts_at - timedelta(hours=1)
    assert data["location"] == {"@type": "VirtualLocation", "url": public_address(page)}


def test_how_many_seats_are_left_is_said_when_there_are_few(client):
    page = EventPageFactory(capacity=2)
    assert "<strong>2 seats</strong> are left." in shown(client, page)
    make_registration(page)
    assert "<strong>1 seat</strong> is left." in shown(client, page)
    make_registration(page, email="grace@example.org", place=Place.OFFERED)
    assert "Join the waiting list" in shown(client, page)
    assert "left." not in shown(client, EventPageFactory(capacity=None))


def test_a_moved_event_shows_both_times(client):
    page = EventPageFactory(
        starts_at=datetime(2036, 7, 1, 18, tzinfo=UTC), ends_at=datetime(2036, 7, 1, 19, tzinfo=UTC)
    )
    page.starts_at += timedelta(days=1)
    page.ends_at += timedelta(days=1)
    page.status, page.status_note = EventStatus.MOVED, "The hall was double-booked."
    page.save()
    text = shown(client, page)

    assert "It was to be on Tuesday 1 July 2036, 19:00." in text
    assert "Wednesday 2 July 2036" in text
    assert "The hall was double-booked." in text


def test_a_cancelled_event_says_so_and_why(client):
    text = shown(client, EventPageFactory(status=EventStatus.CANCELLED, status_note="The speaker is ill."))

    assert "This event is cancelled." in text
    assert "The speaker is ill." in text
    assert "events:calendar" not in text
    assert data_in(text)["eventStatus"] == "https://schema.org/EventCancelled"


def test_what_opens_later_says_when(client):
    text = shown(
        client,
        EventPageFactory(opens_at=datetime(2036, 7, 1, 18, tzinfo=UTC), starts_at=datetime(2036, 8, 1, tzinfo=UTC)),
    )

    assert "You can register from" in text
    assert "1 July 2036, 19:00" in text


def test_afterwards_the_page_holds_the_report_and_loads_nothing_of_the_recording(client):
    now = timezone.now()
    page = EventPageFactory(
        starts_at=now - timedelta(hours=3),
        ends_at=now - timedelta(hours=1),
        recording_url="https://video.example/lantern",
        transcript="<p>Good evening.</p>",
        report=[("paragraph", "<p>Eighty came.</p>")],
    )
    text = shown(client, page)

    for said in ("Eighty came.", "Good evening.", 'href="https://video.example/lantern"'):
        assert said in text
    for tag in ("<iframe", "<video", "<embed", "<object"):
        assert tag not in text
    assert 'rel="noreferrer external"' in text


def test_a_recording_is_not_shown_before_the_event(client):
    assert "video.example" not in shown(client, EventPageFactory(recording_url="https://video.example/lantern"))


def test_the_address_of_the_room_is_on_no_page(client):
    page = EventPageFactory()
    RoomFactory(page=page, address="https://rooms.example/lantern-7421", dial_in="+44 20 7946 0000")
    addresses = [
        page.url,
        *(reverse(f"events:{name}", args=[page.pk]) for name in ("thank_you", "check_email", "too_late")),
    ]

    for address in addresses:
        text = text_of(client.get(address))
        assert "rooms.example" not in text, address
        assert "7946" not in text, address


def test_a_series_lists_its_public_dates_the_next_first(client):
    campaign = CampaignPage.objects.first() or CampaignPageFactory()
    series = EventSeriesPage(title="Tuesdays", slug="tuesdays", lead="Every second Tuesday.")
    campaign.add_child(instance=series)
    now = timezone.now()
    for days, title in ((9, "Later"), (2, "Sooner"), (-4, "Earlier")):
        start = now + timedelta(days=days)
        EventPageFactory(parent=series, title=title, starts_at=start, ends_at=start + timedelta(hours=1))
    EventPageFactory(parent=series, title="A draft", live=False)
    text = shown(client, series)

    assert text.index("Sooner") < text.index("Later") < text.index("Earlier")
    assert "A draft" not in text


def test_the_page_asks_the_database_little(client, django_assert_max_num_queries):
    page = EventPageFactory()
    client.get(page.url)

    # Site and tree 8; the page, its parts, boxes and seats 12; what stands at the head and foot of every page 6.
    with django_assert_max_num_queries(30):
        client.get(page.url)
    assert EventPage.objects.count() == 1


def test_a_page_that_is_not_kept_yet_can_be_looked_at():
    """As in the workspace's preview, before the first draft is saved."""
    page = EventPageFactory.build(parent=None, consent_text=ConsentTextFactory(), slug="new")
    page.locale, page.path, page.depth = Locale.get_default(), "00010001", 2

    response = page.make_preview_request()

    assert response.status_code == 200
    assert "sign-form" in text_of(response)
