"""What organisers see and write about members of Parliament."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from home.models import CampaignPage
from mp_contacts.models import Answer, LetterStage, Member, Position, Region, Reply, Stance
from supporters.models import AuditEntry
from tests.factories.mp_contacts import ConstituencyFactory, LetterPageFactory, MemberFactory, make_letter
from tests.petitions.organisers import colleague

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def organiser(client):
    client.force_login(colleague("view_member", "change_member"))
    return client


def listed(client, **chosen):
    return {member.name for member in client.get(reverse("members:index"), chosen).context["object_list"]}


def shown(client, member):
    return client.get(reverse("members:inspect", args=[member.pk])).content.decode()


def audited():
    return [(entry.action, entry.subject) for entry in AuditEntry.objects.order_by("sequence")]


def answered(letter, answer=Answer.YES):
    return Reply.objects.create(letter=letter, page=letter.page, member=letter.member, answer=answer)


def position(member, campaign=None, **values):
    facts = {"stance": Stance.SUPPORTIVE, "source": "Hansard", "said_on": date(2026, 3, 3), **values}
    return Position.objects.create(member=member, campaign=campaign or CampaignPage.objects.get(), **facts)


def test_the_list_is_searched_by_name_and_by_seat_and_narrowed(organiser):
    north = ConstituencyFactory(name="Harrowmere", region=Region.NORTH_EAST)
    MemberFactory(name="Jo Lantern", constituency=north, party="Garden Party")
    MemberFactory(name="Sam Mere", party="Tea Party", is_opted_out=True, opt_out_reason="Asked us to, in May.")
    MemberFactory(name="Kit Fell", failing_since=timezone.now())
    MemberFactory(name="Ash Gone", constituency=None, left_on=date(2024, 5, 30))

    assert listed(organiser) == {"Jo Lantern", "Sam Mere", "Kit Fell", "Ash Gone"}
    assert listed(organiser, q="lant") == {"Jo Lantern"}
    assert listed(organiser, q="harrow") == {"Jo Lantern"}
    assert listed(organiser, party="Tea Party") == {"Sam Mere"}
    assert listed(organiser, region="north_east") == {"Jo Lantern"}
    assert listed(organiser, is_opted_out="true") == {"Sam Mere"}
    assert listed(organiser, is_failing="true") == {"Kit Fell"}
    assert listed(organiser, is_failing="false") == {"Jo Lantern", "Sam Mere", "Ash Gone"}
    assert listed(organiser, has_left="true") == {"Ash Gone"}


def test_the_list_tells_letters_answers_stance_and_trouble(organiser):
    page = LetterPageFactory()
    jo = MemberFactory(name="Jo Lantern", email="")
    for number, answer in enumerate([Answer.YES, Answer.YES, Answer.NO]):
        answered(make_letter(page, jo, stage=LetterStage.DELIVERED, email=f"{number}@example.org"), answer)
    make_letter(page, jo, stage=LetterStage.UNCONFIRMED, email="bo@example.org")
    position(jo)

    page = organiser.get(reverse("members:index")).content.decode()

    cells = [" ".join(cell.split()) for cell in re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)]
    assert cells[-4:] == ["Supportive", "3", "67%", "No address"]


def test_the_list_asks_as_often_for_many_as_for_few(organiser, django_assert_max_num_queries):
    LetterPageFactory()
    MemberFactory.create_batch(40)

    with django_assert_max_num_queries(18):  # the frame, choices, count, rows; letters, sent, replies, stances
        organiser.get(reverse("members:index"))


def test_everything_known_stands_on_one_page_and_nobody_who_wrote(organiser):
    letter = make_letter(stage=LetterStage.DELIVERED)
    answered(letter, Answer.UNSATISFACTORY)
    member = letter.member
    Member.objects.filter(pk=member.pk).update(note="Ring the caseworker.", own_email="other@parliament.example")
    position(member, quote="I shall vote for it.", source_url="https://hansard.example/1", is_public=False)

    page = shown(organiser, member)

    for known in (
        member.constituency.name,
        member.email,
        "other@parliament.example",
        "Ring the caseworker.",
        "I shall vote for it.",
        "https://hansard.example/1",
        "(not public)",
        "They wrote back, but did not answer what I asked: 1",
    ):
        assert known in page
    for hidden in ("Ada Example", "ada@example.org", "Lantern Street", "Where I live it matters"):
        assert hidden not in page


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"constituency": None}, "No letter goes to somebody who holds no seat."),
        ({"is_opted_out": True, "opt_out_reason": "Asked."}, "No letter of ours goes to this office."),
        ({"email": ""}, "No letter can go: no address is known."),
        ({"failing_since": timezone.now()}, "the office&#x27;s address refused the last ones."),
    ],
)
def test_the_page_says_why_no_letter_goes(organiser, values, said):
    assert said in shown(organiser, MemberFactory(**values))


def write(client, member, **typed):
    data = {"own_email": "", "opt_out_reason": "", "note": "", **typed}
    return client.post(reverse("members:edit", args=[member.pk]), data)


def test_organisers_write_their_own_fields_and_no_others(organiser):
    member = MemberFactory(name="Jo Lantern")

    write(organiser, member, own_email="other@parliament.example", note="Ring.", name="Somebody Else", party="Mine")

    member.refresh_from_db()
    assert (member.own_email, member.note) == ("other@parliament.example", "Ring.")
    assert (member.name, member.party) == ("Jo Lantern", "Garden Party")
    assert audited() == [("change_member", "Jo Lantern: address, note")]


def test_what_a_sync_wrote_meanwhile_is_not_undone(organiser):
    """The form was opened before the sync and is saved after it: only what organisers write is written."""
    from mp_contacts.services.keeping_members import change_member

    opened = MemberFactory()
    Member.objects.filter(pk=opened.pk).update(party="Tea Party", email="new@parliament.example")
    opened.note = "Ring."

    change_member(opened, by=colleague(email="other@example.org"))

    now = Member.objects.get(pk=opened.pk)
    assert (now.party, now.email, now.note) == ("Tea Party", "new@parliament.example", "Ring.")


def test_an_opt_out_says_why(organiser):
    member = MemberFactory()

    response = write(organiser, member, is_opted_out="on")

    assert "Say why this member takes no letters from us, and since when." in response.content.decode()
    assert not Member.objects.get(pk=member.pk).is_opted_out
    write(organiser, member, is_opted_out="on", opt_out_reason="Asked us to, in May.")
    assert Member.objects.get(pk=member.pk).is_opted_out


def test_saving_what_was_there_is_no_change(organiser):
    write(organiser, MemberFactory())

    assert audited() == []


def test_a_failing_address_is_said_with_what_the_server_said_and_let_go(organiser):
    member = MemberFactory(name="Jo Lantern", failing_since=timezone.now(), failure="550 mailbox full")
    assert "550 mailbox full" in shown(organiser, member)

    organiser.post(reverse("members:works_again", args=[member.pk]))
    organiser.post(reverse("members:works_again", args=[member.pk]))

    member.refresh_from_db()
    assert (member.failing_since, member.failure) == (None, "")
    assert audited() == [("address_works_again", "Jo Lantern")]


def test_another_address_is_given_the_benefit_of_the_doubt(organiser):
    member = MemberFactory(failing_since=timezone.now(), failure="550 no such user")

    write(organiser, member, note="Ring.")
    assert Member.objects.get(pk=member.pk).failing_since
    write(organiser, member, note="Ring.", own_email="other@parliament.example")

    assert Member.objects.get(pk=member.pk).failing_since is None


def test_looking_needs_no_right_to_change_and_changing_does(client):
    client.force_login(colleague("view_member"))
    member = MemberFactory(failing_since=timezone.now())

    page = shown(client, member)

    assert reverse("members:edit", args=[member.pk]) not in page
    assert reverse("members:works_again", args=[member.pk]) not in page
    assert write(client, member, note="Ring.").status_code == 302
    client.post(reverse("members:works_again", args=[member.pk]))
    member.refresh_from_db()
    assert member.note == ""
    assert member.failing_since


def test_vacant_seats_are_found(organiser):
    ConstituencyFactory(name="Harrowmere")
    MemberFactory(constituency__name="Lanternhill")

    def seats(**chosen):
        return [row["seat"].name for row in organiser.get(reverse("seats:index"), chosen).context["rows"]]

    assert seats() == ["Harrowmere", "Lanternhill"]
    assert seats(holds="vacant") == ["Harrowmere"]
    assert seats(holds="held") == ["Lanternhill"]
    assert seats(name="lant") == ["Lanternhill"]
    assert seats(region="nowhere") == ["Harrowmere", "Lanternhill"]
