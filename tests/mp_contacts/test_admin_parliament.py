"""What an organiser is told about letters as a whole: on the dashboard, on the page of data, and by the switches."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from mp_contacts.models import LetterSettings, LetterStage, LetterTotals, MemberSync, PostcodeDirectory
from supporters.models import AuditEntry
from tests.factories.mp_contacts import ConstituencyFactory, LetterPageFactory, MemberFactory, make_letter
from tests.petitions.organisers import boss, colleague, member_of

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

SETTINGS = ("wagtailsettings:edit", "mp_contacts", "lettersettings")


@pytest.fixture
def organiser(client):
    client.force_login(member_of("Organisers"))
    return client


def home(client):
    return " ".join(client.get(reverse("wagtailadmin_home")).content.decode().split())


def data(client):
    return " ".join(client.get(reverse("parliament_data:index")).content.decode().split())


def switch(client, **on):
    address = reverse("wagtailsettings:edit", args=[*SETTINGS[1:], LetterSettings.load().pk])
    return client.post(address, {"dissolution_note": "", **on}, follow=True)


def test_the_dashboard_tells_what_is_not_there_yet_and_how_to_bring_it(organiser):
    ConstituencyFactory()
    page = home(organiser)

    assert "No members yet: nobody can write." in page
    assert "No postcode directory yet" in page
    assert "<code>import_postcodes FILE</code>" in page


def test_the_dashboard_tells_what_waits_and_what_fails(organiser):
    page = LetterPageFactory(title="Safe to report")
    LetterTotals.objects.create(page=page, confirmed=1230, self_sent=4, counted_at=timezone.now())
    failing = MemberFactory(name="Jo Lantern", failing_since=timezone.now())
    long_ago = timezone.now() - timedelta(hours=3)
    for number in range(2):
        make_letter(page, failing, email=f"{number}@example.org")
    make_letter(page, failing, stage=LetterStage.HELD, confirmed_at=long_ago)

    shown = home(organiser)

    assert "Safe to report" in shown
    assert "<td>1,234</td> <td>2</td> <td>1</td>" in shown
    assert "2 letters waiting for their turn." in shown
    assert "1 held, the oldest for 3 hours" in shown
    assert reverse("held_letters:index") in shown
    assert reverse("members:inspect", args=[failing.pk]) in shown
    assert "No members yet" not in shown


def test_the_dashboard_says_nothing_of_letters_where_there_are_neither_pages_nor_seats(organiser):
    assert "No members yet" not in home(organiser)


def test_the_dashboard_says_nothing_of_letters_to_others(client):
    ConstituencyFactory()
    client.force_login(colleague("moderate_comments"))

    assert "No members yet" not in home(client)


def test_the_page_of_data_says_how_complete_and_how_old_it_is(organiser):
    ConstituencyFactory()
    MemberFactory(email="")
    PostcodeDirectory.objects.create(
        edition="ONSPD August 2026", content=b"x", sha256="0" * 64, postcodes=1_700_000, is_current=True
    )
    MemberSync.objects.create(
        source="Parliament", state="refused", report={"lost_address": ["Jo", "Sam"]}, trouble="Too much would go."
    )

    page = data(organiser)

    for told in ("ONSPD August 2026", "1,700,000 postcodes", "Refused: it would have changed too much"):
        assert told in page
    assert "Too much would go." in page
    assert '<th scope="row">Lost address</th><td>2</td>' in page
    assert ">Vacant seats</a></th><td>1</td>" in page
    assert '<th scope="row">Without an address</th><td>1</td>' in page


def test_organisers_say_that_parliament_is_dissolved_and_everybody_is_warned(organiser):
    ConstituencyFactory()
    assert "no letter leaves" not in home(organiser)

    switch(organiser, is_dissolved="on")

    assert LetterSettings.load().is_dissolved
    assert "Parliament is dissolved: no letter leaves, and people are told why." in home(organiser)
    assert "<strong>Parliament is dissolved: no letter leaves.</strong>" in data(organiser)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject) == (
        "change_letter_settings",
        "Parliament is dissolved; postcodes.io is not asked",
    )


@pytest.mark.parametrize("group", ["Moderators", "Data officers"])
def test_nobody_else_switches_anything(client, group):
    client.force_login(member_of(group))

    switch(client, is_dissolved="on", asks_postcodes_io="on")

    assert not LetterSettings.load().is_dissolved
    assert not LetterSettings.load().asks_postcodes_io


def test_what_the_switches_do_is_said_beside_them(organiser):
    page = organiser.get(
        reverse("wagtailsettings:edit", args=[*SETTINGS[1:], LetterSettings.load().pk])
    ).content.decode()

    assert "there are no MPs: no letter leaves" in page
    assert "Letters that wait do not leave" in page
    assert "sent to the public service postcodes.io" in page


@pytest.mark.parametrize(
    ("group", "may"),
    [
        ("Moderators", {"moderate_letters"}),
        ("Data officers", {"view_letter", "view_member"}),
        (
            "Organisers",
            {"moderate_letters", "view_letter", "view_member", "change_member", "print_briefings"}
            | {f"{verb}_position" for verb in ("add", "change", "delete", "view")}
            | {"change_lettersettings"},
        ),
    ],
)
def test_groups_can_do_their_work_and_no_more(group, may):
    member_of(group)
    held = Group.objects.get(name=group).permissions.filter(content_type__app_label="mp_contacts")

    assert set(held.values_list("codename", flat=True)) == may


def test_our_permissions_can_be_given_to_groups_in_the_workspace(client):
    client.force_login(boss())

    page = client.get(reverse("wagtailusers_groups:add")).content.decode()

    assert "Can release and refuse letters that are held" in page
    assert "Can print briefing sheets about members of Parliament" in page


@pytest.mark.parametrize("stage", [LetterStage.UNCONFIRMED, LetterStage.DELIVERED])
@pytest.mark.parametrize("level", ["page", "campaign"])
def test_a_page_that_letters_were_written_from_stays(client, stage, level):
    client.force_login(boss())
    letters = make_letter(stage=stage).page
    page = letters if level == "page" else letters.get_parent()

    response = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)

    assert "Close it or unpublish it instead." in response.content.decode()
    assert Page.objects.filter(pk=letters.pk).exists()


def test_a_page_that_nobody_wrote_from_can_go(client):
    client.force_login(boss())
    page = LetterPageFactory()

    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert not Page.objects.filter(pk=page.pk).exists()
