"""Where rooms are stands on no page, in no feed, mail, file, log or column, whoever looks; but behind the button."""

import json
import logging
import re
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from psycopg.sql import SQL, Identifier
from wagtail.models import GroupPagePermission, Page

from events import mail_kinds
from events.enrolling import enrol_everybody
from events.joining import opens_at
from events.models import EventPage, EventStatus, Place, Provider, Room
from events.reminding import remind
from events.room_trouble import note_trouble
from events.services.rooms import RoomTerms, set_room
from events.telling import tell_of_changes
from supporters.delivery import Sender
from supporters.models import Message, MessageState
from supporters.outbox import queue_message
from tests.events.browsing import Holder, text_of
from tests.factories.events import EventPageFactory, make_registration
from tests.petitions.organisers import boss, colleague, member_of
from tests.rules.expected_answers import PUBLIC_ROWS, WORKSPACE_ROWS
from tests.rules.routes import all_routes, is_of_the_workspace
from tests.rules.test_route_matrix import put_site_above

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

MARK = "roomword7421"
"""Stands in every address of every room, and nowhere else."""
TERMS = {
    Provider.LINK: RoomTerms(provider="link", address=f"https://{MARK}.example/lantern"),
    Provider.BIGBLUEBUTTON: RoomTerms(provider="bigbluebutton"),
    Provider.JITSI: RoomTerms(provider="jitsi"),
    Provider.ZOOM: RoomTerms(provider="zoom", outside_id="12345678901"),
}
MAILS = {value for name, value in vars(mail_kinds).items() if name.endswith("_MAIL")} - {mail_kinds.ORGANISER_MAIL}
"""All that the site itself writes."""


@pytest.fixture(autouse=True)
def _rooms_elsewhere(settings):
    settings.BBB_URL, settings.BBB_SECRET = f"https://bbb.{MARK}.example/", "s"
    settings.JITSI_URL, settings.JITSI_APP_ID, settings.JITSI_APP_SECRET = f"https://meet.{MARK}.example/", "a", "s"


@pytest.fixture
def events(monkeypatch):
    """An event with each kind of room, somebody at every place of each, and everybody at Zoom enrolled."""
    organiser = boss()
    starts_at = timezone.now().replace(microsecond=0) + timedelta(days=3)
    made = []
    for provider, terms in TERMS.items():
        page = EventPageFactory(title=f"By {provider.label}", starts_at=starts_at)
        values = {"fallback_address": f"https://{MARK}.example/other", "dial_in": f"+44 20 7946 0000 {MARK}"}
        set_room(page.pk, RoomTerms(**{**vars(terms), **values}), by=organiser)
        for number, place in enumerate(Place.values):
            make_registration(page, place=place, email=f"ada.{number}@example.org", mailed_sequence=0)
        page.save_revision().publish()
        made.append(page)
    put_site_above(made[0])
    answer = {"registrant_id": "1", "join_url": f"https://zoom.{MARK}.example/w/1"}
    zoom = "events.providers.zoom.Zoom"
    monkeypatch.setattr(f"{zoom}._ask", lambda *_self, **_sent: answer)
    assert enrol_everybody() == 1
    return made


def crawl(client, paths):
    """Every answer below ``paths`` and wherever they lead on this site, by path."""
    found, ahead = {}, list(paths)
    while ahead:
        path = ahead.pop()
        if path in found:
            continue
        response = client.get(path)
        content = b"".join(response) if response.streaming else response.content
        found[path] = content.decode(errors="replace") + str(response.headers)
        links = re.findall(r'(?:href|src)="([^"#]+)', found[path]) if "html" in response["Content-Type"] else []
        links.append(response.get("Location", ""))
        for link in links:
            where = urlsplit(urljoin(f"http://testserver{path}", unescape(link)))
            if where.netloc == "testserver" and not where.path.startswith(("/static/", "/admin/logout")):
                ahead.append(where.path + (f"?{where.query}" if where.query and "/admin/" not in where.path else ""))
    return found


def public_paths(events):
    rows = [PUBLIC_ROWS[route.name].path or route.path for route in all_routes() if not is_of_the_workspace(route)]
    paths = {path.format(event=event.pk, petition=1, letters=1) for path in rows for event in events}
    return paths | {event.url for event in events}


def moments(events):
    """Before the door opens, while it is open, and afterwards."""
    page = events[0]
    return [timezone.now(), opens_at(page, Room.objects.get(page=page)), page.ends_at + timedelta(days=2)]


def told(pages):
    return sorted(path for path, text in pages.items() if MARK in text or "7946" in text)


def test_no_public_page_feed_or_file_knows_a_room(events, time_machine):
    for moment in moments(events):
        time_machine.move_to(moment, tick=False)
        pages = crawl(Client(), public_paths(events))
        assert len(pages) > 30
        assert {events[0].url, "/events/feed.ics", f"/events/{events[0].pk}/calendar.ics"} <= set(pages)
        assert told(pages) == []


def test_nor_does_the_page_of_somebody_with_a_seat_before_they_press(events, time_machine):
    holders = [Holder(page.registrations.get(place=Place.SEATED)) for page in events]
    for moment in moments(events):
        time_machine.move_to(moment, tick=False)
        assert not any(MARK in text_of(holder.look()) for holder in holders)


def test_behind_the_button_it_is_and_the_search_would_have_found_it(events, time_machine):
    time_machine.move_to(moments(events)[1], tick=False)
    for page in events:
        assert MARK in text_of(Holder(page.registrations.get(place=Place.SEATED)).press("manage_join"))


def everything_but_rooms():
    """A colleague who may do all there is, but see to rooms."""
    user = colleague()
    user.user_permissions.set(Permission.objects.exclude(codename="change_room"))
    editors = Group.objects.create(name="Editors under test")
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__endswith="_page"):
        GroupPagePermission.objects.create(group=editors, page=Page.objects.get(depth=1), permission=permission)
    user.groups.add(editors)
    return user


def test_in_the_workspace_only_those_who_see_to_rooms_read_it(events, client):
    page = events[0].pk
    paths = {route.path.replace("999999", str(page)) for route in all_routes() if route.name in WORKSPACE_ROWS}
    paths |= {reverse(f"wagtailadmin_pages:{name}", args=[page]) for name in ("history", "usage")}
    paths |= {reverse("wagtailadmin_home"), f"{reverse('wagtailadmin_pages:search')}?q={MARK[:6]}"}
    client.force_login(everything_but_rooms())
    seen = {path: client.get(path) for path in paths}
    assert sum(response.status_code == 200 for response in seen.values()) > 40
    assert told({path: text_of(response) for path, response in seen.items() if not response.streaming}) == []

    client.force_login(member_of("Organisers"))
    assert MARK in text_of(client.get(reverse("rooms:set", args=[page])))


def send_all():
    """A sender deals with fifty at a time."""
    while Sender().send_due():
        pass


def test_no_mail_knows_a_room(events, time_machine):
    for page in events:
        note_trouble(Room.objects.get(page=page), RuntimeError("It did not answer."))
        for registration in page.registrations.exclude(place=Place.CANCELLED):
            for kind in MAILS - {mail_kinds.REMINDER_MAIL, mail_kinds.ROOM_TROUBLE_MAIL}:
                body = json.dumps({"sequence": 0})
                queue_message(kind=kind, subject_id=registration.pk, recipient="ada@example.org", body=body)
    for due in (timedelta(days=-1), timedelta(hours=-1), timedelta(minutes=-10), timedelta(days=1, hours=1)):
        time_machine.move_to(events[0].starts_at + due, tick=False)
        remind()
        send_all()
    EventPage.objects.update(status=EventStatus.CANCELLED, sequence=1, ends_at=timezone.now() + timedelta(days=1))
    tell_of_changes()
    send_all()

    left = set(Message.objects.filter(state=MessageState.SENT).values_list("kind", flat=True))
    assert left == MAILS
    for sent in mail.outbox:
        parts = [part.get_payload(decode=True) or b"" for part in sent.message().walk() if not part.is_multipart()]
        assert MARK.encode() not in b"".join(parts) + sent.message().as_bytes(), sent.subject


def test_no_column_holds_it_in_clear_and_no_log(events, time_machine, caplog):
    caplog.set_level(logging.DEBUG)
    time_machine.move_to(moments(events)[1], tick=False)
    for page in events:
        Holder(page.registrations.get(place=Place.SEATED)).press("manage_join")
    assert MARK not in caplog.text
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            every_row = SQL("SELECT count(*) FROM {table} AS row WHERE row::text LIKE %s").format(
                table=Identifier(table)
            )
            cursor.execute(every_row, [f"%{MARK}%"])
            assert cursor.fetchone() == (0,), table
