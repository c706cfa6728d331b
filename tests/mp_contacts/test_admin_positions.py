"""Organisers write down where members stand, with what shows it."""

from datetime import date

import pytest
from django.urls import reverse

from home.models import CampaignPage
from mp_contacts.models import Position, Stance
from supporters.models import AuditEntry
from tests.factories.mp_contacts import MemberFactory
from tests.factories.petitions import CampaignPageFactory
from tests.petitions.organisers import colleague

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def campaign():
    return CampaignPageFactory(title="Safe to report")


@pytest.fixture
def organiser(client, campaign):
    client.force_login(colleague("view_position", "add_position", "change_position", "delete_position"))
    return client


def typed(member, **values):
    return {
        "member": member.pk,
        "campaign": CampaignPage.objects.get().pk,
        "stance": "supportive",
        "drawn_from": "words",
        "quote": "I shall.",
        "source": "Hansard",
        "source_url": "hansard.example/1",
        "said_on": "2026-03-03",
        "is_public": "on",
        **values,
    }


def known(member, campaign):
    return Position.objects.create(
        member=member, campaign=campaign, stance=Stance.SUPPORTIVE, source="Hansard", said_on=date(2026, 3, 3)
    )


def audited():
    return [(entry.action, entry.subject) for entry in AuditEntry.objects.order_by("sequence")]


def test_a_position_is_added_in_the_name_of_whoever_found_it(organiser):
    member = MemberFactory(name="Jo Lantern")

    response = organiser.post(reverse("positions:add"), typed(member, added_by="1"))

    position = Position.objects.get()
    assert response.status_code == 302
    assert (position.member, position.stance, position.source_url) == (
        member,
        Stance.SUPPORTIVE,
        "https://hansard.example/1",
    )
    assert position.added_by.email == "colleague@example.org"
    assert audited() == [("add_position", "Jo Lantern: Supportive, Safe to report")]


@pytest.mark.parametrize("missing", ["source", "member", "campaign", "said_on", "stance"])
def test_without_evidence_there_is_no_position(organiser, missing):
    response = organiser.post(reverse("positions:add"), {**typed(MemberFactory()), missing: ""})

    assert response.status_code == 200
    assert not Position.objects.exists()


def test_it_is_put_right_and_taken_away_on_record(organiser, campaign):
    member = MemberFactory(name="Jo Lantern")
    position = known(member, campaign)

    organiser.post(reverse("positions:edit", args=[position.pk]), typed(member, stance="opposed"))
    assert Position.objects.get().stance == Stance.OPPOSED
    organiser.post(reverse("positions:delete", args=[position.pk]))

    assert not Position.objects.exists()
    assert audited() == [
        ("change_position", "Jo Lantern: Opposed, Safe to report"),
        ("delete_position", "Jo Lantern: Opposed, Safe to report"),
    ]


def test_one_of_650_members_is_chosen_without_650_questions(organiser, django_assert_max_num_queries):
    MemberFactory.create_batch(60)

    with django_assert_max_num_queries(12):  # the frame, and one for each list to choose from
        page = organiser.get(reverse("positions:add")).content.decode()

    member = Position.member.field.related_model.objects.select_related("constituency").first()
    assert f"{member.sort_name} ({member.constituency.name}, Garden Party)" in page


def test_an_address_fills_in_only_what_it_may(organiser, campaign):
    member = MemberFactory()
    asked = {
        "member": member.pk,
        "campaign": campaign.pk,
        "drawn_from": "reply",
        "quote": "Planted",
        "stance": "opposed",
    }

    form = organiser.get(reverse("positions:add"), asked).context["form"]

    assert str(form["member"].value()) == str(member.pk)
    assert not form["quote"].value()
    assert not form["stance"].value()


@pytest.mark.parametrize("value", ["1'", "\0", "999999999999999999999", "reply x"])
def test_an_address_full_of_nonsense_fills_in_nothing(organiser, value):
    assert (
        organiser.get(reverse("positions:add"), dict.fromkeys(["member", "campaign", "drawn_from"], value)).status_code
        == 200
    )


def test_the_list_says_who_stands_where(organiser, campaign):
    known(MemberFactory(name="Jo Lantern"), campaign)
    known(MemberFactory(name="Sam Mere"), campaign)
    jo = Position.objects.get(member__name="Jo Lantern").member_id

    page = organiser.get(reverse("positions:index"), {"member": jo})

    assert [position.member.name for position in page.context["object_list"]] == ["Jo Lantern"]
    assert "Hansard" in page.content.decode()
