"""Petitions in the page lists, and on the first page of the workspace."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import Q
from django.template import engines
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from home.models import CampaignPage, StandardPage
from petitions.counting import count_new_signatures
from petitions.models import Milestone, PetitionTotals
from petitions.services import add_paper_signatures
from supporters.models import Message, MessageState, PurgeRun, WorkerHeartbeat
from supporters.outbox import settle
from tests.factories.petitions import CampaignPageFactory, PetitionPageFactory
from tests.petitions.organisers import boss, colleague, member_of, signed

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def organiser(client):
    client.force_login(boss())
    return client


def petition_with_figures():
    """1,234 on paper, a goal of 5,000, one unconfirmed signature and one comment that waits."""
    closing = datetime(2031, 5, 3, 12, tzinfo=UTC)
    petition = PetitionPageFactory(title="Safe to report", closes_at=closing)
    Milestone.objects.create(page=petition, signatures=5_000)
    PetitionTotals.objects.create(petition=petition, confirmed=0, counted_until=timezone.now() - timedelta(hours=1))
    add_paper_signatures(petition=petition, number=1_234, note="March", added_by=boss_of_paper())
    signed(petition, comment="Please do.")
    signed(petition, email="bo@example.org", confirmed=False)
    count_new_signatures()
    return petition


def boss_of_paper():
    return colleague(email="paper@example.org")


def test_the_list_of_petitions_shows_what_each_stands_at(organiser):
    petition_with_figures()

    response = organiser.get(reverse("petition_list:index"))

    (row,) = response.context["object_list"]
    figures = row.figures
    assert (figures.count, figures.paper, figures.goal) == (1_234, 1_234, 5_000)
    assert (figures.unconfirmed, figures.comments_waiting) == (1, 1)
    page = response.content.decode()
    for shown in ("Safe to report", "1,234", "5,000", "Collecting signatures", "3 May 2031, 13:00"):
        assert shown in page


def test_the_explorer_shows_the_same_below_a_campaign_beside_other_pages(organiser):
    petition = petition_with_figures()
    campaign = petition.get_parent()
    campaign.add_child(instance=StandardPage(title="Questions and answers"))

    page = organiser.get(reverse("wagtailadmin_explore", args=[campaign.pk])).content.decode()

    for shown in ("Safe to report", "1,234", "5,000", "Questions and answers"):
        assert shown in page


@pytest.mark.parametrize("listing", ["all", "campaign"])
def test_a_longer_list_costs_no_more_queries(organiser, listing, django_assert_num_queries):
    campaign = CampaignPageFactory()
    PetitionPageFactory.create_batch(2, parent=campaign)
    address = (
        reverse("petition_list:index") if listing == "all" else reverse("wagtailadmin_explore", args=[campaign.pk])
    )
    organiser.get(address)
    with CountedQueries() as short:
        organiser.get(address)
    for petition in PetitionPageFactory.create_batch(4, parent=campaign):
        Milestone.objects.create(page=petition, signatures=500)
        signed(petition)

    # wagtail-localize asks of each row what it is translated into, and whether that is up to date.
    with django_assert_num_queries(short.number + 4 * 2):
        organiser.get(address)


class CountedQueries:
    """How many queries a block makes; `number` once it is over."""

    def __enter__(self):
        self.captured = CaptureQueriesContext(connection)
        self.captured.__enter__()
        return self

    def __exit__(self, *error):
        self.captured.__exit__(*error)
        self.number = len(self.captured)


def test_the_menu_offers_petitions_to_those_who_edit_pages(client):
    client.force_login(colleague())
    assert reverse("petition_list:index") not in client.get(reverse("wagtailadmin_home")).content.decode()

    client.force_login(page_editor_account())

    assert reverse("petition_list:index") in client.get(reverse("wagtailadmin_home")).content.decode()


def page_editor_account():
    """Somebody who may change every page."""
    user = member_of("Moderators")
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    for group in user.groups.all():
        GroupPagePermission.objects.get_or_create(group=group, page=Page.objects.get(depth=1), permission=permission)
    return user


@pytest.fixture
def page_editor(monkeypatch):
    """Wagtail's editor relies on Django's own way with missing variables: `icon|default:"plus"` and the like."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


def test_the_page_offers_the_hand_in_pack_to_those_who_may_take_it(client, page_editor):
    petition = PetitionPageFactory()
    pack = reverse("hand_in:pack", args=[petition.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[petition.pk])
    explorer = reverse("wagtailadmin_explore", args=[petition.get_parent().pk])
    campaign = CampaignPage.objects.get()

    client.force_login(boss())
    assert pack in client.get(edit).content.decode()
    assert pack in client.get(explorer).content.decode()
    assert (
        reverse("hand_in:pack", args=[campaign.pk])
        not in client.get(reverse("wagtailadmin_pages:edit", args=[campaign.pk])).content.decode()
    )

    client.force_login(page_editor_account())
    assert pack not in client.get(edit).content.decode()


def first_page(client):
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_first_page_shows_totals_what_waits_and_the_worker(client):
    petition_with_figures()
    settle_one_as_failed()
    WorkerHeartbeat.objects.create(name="outbox", beat_at=timezone.now() - timedelta(seconds=7))
    client.force_login(colleague("view_signature", "moderate_comments"))

    page = " ".join(first_page(client).split())

    for shown in (
        "Safe to report",
        "1,234",
        "1 signature confirmed today.",
        "1 comment waiting",
        reverse("petition_comments:index"),
        "1 mail waiting to be sent, 1 given up this week.",
    ):
        assert shown in page
    assert any(f"The worker was last seen {seconds} seconds ago." in page for seconds in range(7, 30))


def settle_one_as_failed():
    settle(Q(pk=Message.objects.order_by("created_at").first().pk), MessageState.FAILED)


def test_the_first_page_says_when_the_worker_is_late_or_gone(client):
    client.force_login(colleague("view_signature"))
    assert "The worker has not run" in first_page(client)

    WorkerHeartbeat.objects.create(name="counting", beat_at=timezone.now())
    WorkerHeartbeat.objects.create(name="outbox", beat_at=timezone.now() - timedelta(minutes=20))

    assert "mail and counting stand still" in first_page(client)


def test_the_first_page_says_when_data_is_kept_too_long(client):
    client.force_login(colleague("view_signature"))
    assert "forgotten" not in first_page(client)

    ended_at = timezone.now() - timedelta(hours=3, minutes=1)
    PurgeRun.objects.create(started_at=ended_at, finished_at=ended_at, failed=["petitions.settled"])

    page = first_page(client)
    assert "Nothing has been forgotten for 3 hours" in page
    assert "by the rules: petitions.settled." in page


def test_somebody_without_any_part_in_petitions_sees_no_panel(client):
    PetitionPageFactory(title="Safe to report")
    client.force_login(colleague())

    assert "Safe to report" not in first_page(client)
