"""What one signature leaves behind, and what a repeat of it does."""

import pytest
from django.db import connection

from petitions.emails import ALREADY_SIGNED_MAIL, CONFIRM_MAIL
from petitions.models import CommentState, ShownAs, Signature
from petitions.services import SigningOutcome, confirm_signature, sign_petition, withdraw_signature
from supporters.models import ActionState, ConsentRecord, Message, PrivacyMode, Supporter
from tests.factories.petitions import PetitionPageFactory, draft_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition():
    return PetitionPageFactory()


def kinds_queued():
    return list(Message.objects.order_by("created_at").values_list("kind", flat=True))


def test_signing_stores_a_pending_signature_and_one_mail(petition):
    assert sign_petition(draft_for(petition)) is SigningOutcome.ACCEPTED

    signature = Signature.objects.get()
    assert (signature.state, signature.name, signature.email) == (ActionState.PENDING, "Ada Example", "ada@example.org")
    assert (signature.postcode, signature.country, signature.shown_as) == ("SW1A 1AA", "GB", ShownAs.NOT_SHOWN)
    message = Message.objects.get()
    assert (message.kind, message.subject_id, message.recipient) == (CONFIRM_MAIL, signature.pk, "ada@example.org")


def test_signing_makes_no_supporter_before_the_address_is_confirmed(petition):
    sign_petition(draft_for(petition, wants_updates=True))

    assert not Supporter.objects.exists()
    assert not ConsentRecord.objects.exists()


@pytest.mark.parametrize("other_form", ["ADA@example.org", "ada@EXAMPLE.org", "ａda@example.org", "ada@example.org."])
def test_same_address_in_another_form_signs_once(petition, other_form):
    sign_petition(draft_for(petition))
    sign_petition(draft_for(petition, email=other_form))

    assert Signature.objects.count() == 1


def test_same_address_may_sign_two_petitions(petition):
    sign_petition(draft_for(petition))
    sign_petition(draft_for(PetitionPageFactory()))

    assert Signature.objects.count() == 2
    keys = {bytes(key) for key in Signature.objects.values_list("person_key", flat=True)}
    assert len(keys) == 2, "the same person must not be recognisable across petitions"


def test_repeat_before_confirming_gets_the_mail_once_more_and_then_no_more(petition):
    for _ in range(5):
        sign_petition(draft_for(petition))

    assert kinds_queued() == [CONFIRM_MAIL, CONFIRM_MAIL]


def test_repeat_after_confirming_gets_a_mail_that_says_so(petition):
    sign_petition(draft_for(petition))
    confirm_signature(Signature.objects.get().pk)

    for _ in range(5):
        sign_petition(draft_for(petition))

    assert kinds_queued() == [CONFIRM_MAIL, ALREADY_SIGNED_MAIL, ALREADY_SIGNED_MAIL]


def test_repeat_never_overwrites_what_was_typed_first(petition):
    sign_petition(draft_for(petition, comment="Mine."))
    sign_petition(draft_for(petition, name="Mallory", postcode="M1 1AA", comment="Not mine."))

    signature = Signature.objects.get()
    assert (signature.name, signature.comment) == ("Ada Example", "Mine.")


def test_second_member_of_a_household_signs_with_the_same_address(petition):
    sign_petition(draft_for(petition))
    sign_petition(draft_for(petition, name="Charles Example", postcode="sw1a1aa"))

    assert list(Signature.objects.order_by("household_slot").values_list("household_slot", flat=True)) == [1, 2]


def test_third_name_at_one_address_is_not_a_third_signature(petition):
    for name in ("Ada Example", "Charles Example", "Byron Example"):
        sign_petition(draft_for(petition, name=name))

    assert Signature.objects.count() == 2


def test_other_name_at_another_postcode_is_no_household(petition):
    sign_petition(draft_for(petition))
    sign_petition(draft_for(petition, name="Charles Example", postcode="M1 1AA"))

    assert Signature.objects.count() == 1


def test_second_member_of_a_household_gets_no_supporter_record(petition):
    sign_petition(draft_for(petition))
    sign_petition(draft_for(petition, name="Charles Example"))

    for signature in Signature.objects.all():
        confirm_signature(signature.pk)

    assert Supporter.objects.get().name == "Ada Example"


def test_somebody_who_withdrew_can_sign_again(petition):
    sign_petition(draft_for(petition))
    withdraw_signature(Signature.objects.get().pk)

    sign_petition(draft_for(petition))

    assert Signature.objects.filter(state=ActionState.PENDING).count() == 1


def test_comment_waits_for_a_moderator(petition):
    sign_petition(draft_for(petition, comment="Because it is right."))

    assert Signature.objects.get().comment_state == CommentState.WAITING


def test_count_only_petition_keeps_no_address_once_confirmed():
    petition = PetitionPageFactory(privacy_mode=PrivacyMode.COUNT)
    sign_petition(draft_for(petition, name="", postcode=""))

    confirm_signature(Signature.objects.get().pk)

    signature = Signature.objects.get()
    assert (signature.state, signature.email, signature.supporter) == (ActionState.CONFIRMED, "", None)
    assert signature.person_key is not None, "the keyed hash still stops a second signature"
    assert not Supporter.objects.exists()


def test_database_refuses_a_second_signature_of_one_person(petition):
    sign_petition(draft_for(petition))
    first = Signature.objects.get()

    with pytest.raises(Exception, match="petitions_signature_once_per_person"):
        Signature.objects.create(petition=petition, person_key=first.person_key, email="ada@example.org")


def test_nothing_typed_is_readable_in_the_stored_rows(petition):
    sign_petition(draft_for(petition, comment="Because it is right."))

    with connection.cursor() as cursor:
        cursor.execute("SELECT s::text, m::text FROM petitions_signature s, supporters_message m")
        rows = str(cursor.fetchall())
    for typed in ("Ada Example", "ada@example.org", "SW1A 1AA", "Because it is right"):
        assert typed.lower() not in rows.lower()
        assert typed.encode().hex() not in rows
