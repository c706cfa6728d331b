"""The invented Parliament of the demo: nobody real, nowhere real, and nothing that could reach anybody."""

import pytest
from django.utils import timezone
from localflavor.gb.forms import GBPostcodeField

from campaign_site.demo.letters_written import count_own_mail, write_letters
from campaign_site.demo.parliament import STANDS, VACANT, WRITE_HERE, invented_seats
from campaign_site.demo.parliament_loading import load_parliament
from mp_contacts.models import Constituency, Letter, LetterStage, Member, Reply, SelfSentLetter, Stance
from mp_contacts.postcodes import seat_for
from tests.factories.mp_contacts import LetterPageFactory

SEATS = list(invented_seats())


def test_seats_and_postcodes_lie_nowhere():
    postcodes = [postcode for seat in SEATS for postcode in seat.postcodes]
    assert all(seat.code.startswith("X") for seat in SEATS)
    assert all(postcode.startswith("ZA") and GBPostcodeField().clean(postcode) == postcode for postcode in postcodes)
    assert len(set(postcodes)) == len(postcodes)
    assert {seat.email.rpartition(".")[2] for seat in SEATS} == {"example"}


def test_everybody_who_said_something_holds_a_seat():
    members = {seat.member for seat in SEATS if seat.member}
    assert len(members) == len(SEATS) - 1
    assert {said.member for said in STANDS} <= members
    assert {said.stance for said in STANDS} <= set(Stance.values)
    assert len({said.member for said in STANDS}) == len(STANDS)


@pytest.mark.django_db
def test_every_postcode_leads_to_its_seat():
    load_parliament()
    assert {postcode: seat_for(postcode) for seat in SEATS for postcode in seat.postcodes} == {
        postcode: seat.code for seat in SEATS for postcode in seat.postcodes
    }
    assert Constituency.objects.get(pk=seat_for(WRITE_HERE)).member is not None
    assert not Member.objects.filter(constituency__name=VACANT).exists()


@pytest.mark.django_db
def test_letters_are_as_the_worker_leaves_them():
    page, members = LetterPageFactory(), list(load_parliament().values())
    now = timezone.localtime()

    write_letters(page, members, now=now)
    count_own_mail(page, members, now=now)

    stages = set(Letter.objects.values_list("stage", flat=True))
    assert stages == {LetterStage.HELD, LetterStage.RETURNED, LetterStage.SENT, LetterStage.DELIVERED}
    assert all(letter.constituency_code == letter.member.constituency_id for letter in Letter.objects.all())
    assert not Letter.objects.filter(member__is_opted_out=True).exists()
    assert Letter.objects.filter(body__isnull=True).exists(), "what was settled long ago is erased"
    assert Reply.objects.exists()
    assert SelfSentLetter.objects.exists()
