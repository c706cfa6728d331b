"""The sheet to take along when going to see a member: what they said, and how many wrote, never who."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from home.models import CampaignPage
from mp_contacts.briefing import briefing_about, in_print
from mp_contacts.models import Answer, LetterStage, Position, Reply, SelfSentLetter, Stance
from tests.factories.mp_contacts import LetterPageFactory, MemberFactory, make_letter
from tests.petitions.organisers import colleague

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def page():
    return LetterPageFactory(ask="Vote for the bill.")


@pytest.fixture
def organiser(client):
    client.force_login(colleague("print_briefings"))
    return client


def write(page, member, number, **values):
    return [
        make_letter(page, member, email=f"{each}@example.org", **{"stage": LetterStage.DELIVERED, **values})
        for each in range(number)
    ]


def test_it_says_who_they_are_what_they_said_and_what_we_ask(organiser, page):
    member = MemberFactory(name="Jo Lantern")
    Position.objects.create(
        member=member,
        campaign=CampaignPage.objects.get(),
        stance=Stance.OPPOSED,
        quote="I shall not.",
        source="Hansard",
        said_on=date(2026, 3, 3),
    )

    sheet = organiser.get(reverse("members:briefing", args=[member.pk])).content.decode()

    for said in ("Jo Lantern", member.constituency.name, "Garden Party", "Vote for the bill.", "Opposed"):
        assert said in sheet
    assert "“I shall not.”" in sheet
    assert "Hansard, 3 March 2026" in sheet


@pytest.mark.parametrize(("number", "said"), [(0, "none"), (9, "fewer than 10"), (10, "10"), (1234, "1,234")])
def test_few_people_are_not_counted_out_on_paper(number, said):
    assert in_print(number) == said


def test_who_wrote_through_us_and_who_told_us_are_counted_together(page):
    member = MemberFactory()
    write(page, member, 6)
    for _each in range(5):
        SelfSentLetter.objects.create(
            page=page, constituency_code=member.constituency_id, reported_on=timezone.localdate()
        )

    assert briefing_about(member).campaigns[0].letters == "11"


@pytest.mark.parametrize("values", [{"stage": LetterStage.UNCONFIRMED}, {"stage": LetterStage.REFUSED}])
def test_what_was_never_a_letter_is_not_counted(page, values):
    member = MemberFactory()
    write(page, member, 10, **values)

    assert briefing_about(member).campaigns[0].letters == "none"


def test_answers_are_told_once_ten_people_told_us(page):
    member = MemberFactory()
    letters = write(page, member, 10)
    for letter in letters[:9]:
        Reply.objects.create(letter=letter, page=page, member=member, answer=Answer.NO)
    assert briefing_about(member).campaigns[0].replies == []

    Reply.objects.create(letter=letters[9], page=page, member=member, answer=Answer.YES)

    assert briefing_about(member).campaigns[0].replies == [
        (Answer.YES.label, "fewer than 10"),
        (Answer.NO.label, "fewer than 10"),
    ]


def test_the_pdf_is_tagged_and_its_name_says_nothing(organiser, page):
    letters = write(page, MemberFactory(name="Zoë Łantern #[panic()]"), 12)
    member = letters[0].member
    Position.objects.create(
        member=member,
        campaign=CampaignPage.objects.get(),
        stance=Stance.CHAMPION,
        quote="$x$ *bold* 🌂 \u202eback",
        source="Hansard",
        source_url="https://hansard.example/1",
        said_on=date(2026, 3, 3),
    )

    response = organiser.get(reverse("members:briefing_pdf", args=[member.pk]))

    assert response["Content-Type"] == "application/pdf"
    assert "antern" not in response["Content-Disposition"]
    assert response.content.startswith(b"%PDF-")
    assert b"StructTreeRoot" in response.content
    assert "no-store" in response["Cache-Control"]


def test_a_member_nobody_asks_anything_of_has_a_sheet_too(organiser):
    member = MemberFactory(constituency=None)

    assert organiser.get(reverse("members:briefing_pdf", args=[member.pk])).status_code == 200
    assert "We ask members for nothing" in organiser.get(reverse("members:briefing", args=[member.pk])).content.decode()
