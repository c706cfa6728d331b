"""What the database refuses, whoever asks."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mp_contacts.models import Constituency, Letter, LetterStage, Member
from tests.factories.mp_contacts import ConstituencyFactory, LetterPageFactory, MemberFactory, make_letter

pytestmark = pytest.mark.django_db


def test_a_person_writes_to_a_member_once_for_a_campaign():
    letter = make_letter()

    with pytest.raises(IntegrityError, match="once_per_person_and_member"), transaction.atomic():
        make_letter(letter.page, letter.member)
    make_letter(letter.page, MemberFactory())
    make_letter(LetterPageFactory(), letter.member)


def test_a_seat_has_one_member():
    member = MemberFactory()

    with pytest.raises(IntegrityError):
        MemberFactory(constituency=member.constituency)


@pytest.mark.parametrize("stage", [LetterStage.QUEUED, LetterStage.SENDING, LetterStage.SENT, LetterStage.DELIVERED])
def test_an_unconfirmed_letter_never_leaves(stage):
    letter = make_letter(stage=LetterStage.UNCONFIRMED)

    with pytest.raises(IntegrityError):
        Letter.objects.filter(pk=letter.pk).update(stage=stage)


@pytest.mark.parametrize("field", ["body", "address", "email", "name"])
def test_a_waiting_letter_keeps_what_it_needs(field):
    letter = make_letter(stage=LetterStage.QUEUED)

    with pytest.raises(IntegrityError, match="waiting_is_whole"):
        Letter.objects.filter(pk=letter.pk).update(**{field: None})


def test_a_constituency_code_is_one():
    with pytest.raises(ValidationError, match="a letter and eight digits"):
        Constituency(code="E1400106", name="Short", country="england", region="london").full_clean()


def test_an_opt_out_says_why():
    member = Member(name="Jo", sort_name="Jo", party="None", is_opted_out=True, constituency=ConstituencyFactory())

    with pytest.raises(ValidationError, match="Say why"):
        member.full_clean()
