"""Two forms of one address never become two people, and two addresses never become one by themselves."""

import threading

import pytest
from django.conf import settings

from petitions.models import Signature
from petitions.services import confirm_signature, sign_petition
from supporters.duplicates import suggestions_for
from supporters.models import Supporter
from supporters.services import remember_supporter
from tests.at_once import at_once
from tests.factories.petitions import PetitionPageFactory, draft_for
from tests.supporters.people import signed

ONE_PERSON = {
    "case": ["ada@example.org", "ADA@EXAMPLE.ORG", "Ada@Example.org"],
    "spaces around": ["ada@example.org", " ada@example.org", "ada@example.org\t"],
    "full-width": ["ada@example.org", "ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ada＠example.org"],
    "domain in its own letters": ["ada@bücher.example", "ada@BÜCHER.example", "ada@xn--bcher-kva.example"],
    "composed and decomposed": ["ada@caf\u00e9.example", "ada@cafe\u0301.example"],
    "ideographic full stop": ["ada@example.org", "ada@example。org"],
    "trailing dot of the domain": ["ada@example.org", "ada@example.org."],
    "compatibility letters": ["office@example.org", "oﬃce@example.org"],
}

# A mailbox may be one person's, or an address chosen for safety: suggested, and never merged.
SUGGESTED = {
    "plus tag": ("ada@example.org", "ada+campaign@example.org"),
    "dots at gmail": ("ada.example@gmail.com", "adaexample@gmail.com"),
    "googlemail": ("ada@gmail.com", "ada@googlemail.com"),
    "all of it": ("ada.example@gmail.com", "Ada.Ex.ample+x@googlemail.com"),
}

TWO_PEOPLE = {
    "dots elsewhere": ("ada.example@example.org", "adaexample@example.org"),
    "accents": ("jose@example.org", "jos-e@example.org"),
    "another domain": ("ada@example.org", "ada@example.com"),
    "subdomain": ("ada@example.org", "ada@mail.example.org"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("forms", ONE_PERSON.values(), ids=ONE_PERSON)
def test_every_form_of_an_address_is_one_person(forms):
    for form in forms:
        signed(PetitionPageFactory(), form)

    assert Supporter.objects.get().signatures.count() == len(forms)


@pytest.mark.django_db
@pytest.mark.parametrize("forms", ONE_PERSON.values(), ids=ONE_PERSON)
def test_every_form_of_an_address_signs_once(forms):
    petition = PetitionPageFactory()
    for form in forms:
        sign_petition(draft_for(petition, email=form))

    assert Signature.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("pair", SUGGESTED.values(), ids=SUGGESTED)
def test_another_address_of_a_mailbox_is_suggested_and_stays_apart(pair):
    one, other = (signed(PetitionPageFactory(), address, name=address[:3]).supporter for address in pair)

    assert one != other
    assert [like.other for like in suggestions_for(one)] == [other]


@pytest.mark.django_db
@pytest.mark.parametrize("pair", TWO_PEOPLE.values(), ids=TWO_PEOPLE)
def test_addresses_that_only_look_alike_are_two_people(pair):
    one, other = (
        signed(PetitionPageFactory(), address, name=f"Person {place}", postcode="").supporter
        for place, address in enumerate(pair)
    )

    assert one != other
    assert suggestions_for(one) == []


@pytest.mark.django_db
def test_a_changed_surname_is_the_same_person_and_a_second_name_in_the_house_another():
    petition = PetitionPageFactory()
    person = signed(petition, "ada@example.org", name="Ada Byron").supporter
    signed(PetitionPageFactory(), "ada@example.org", name="Ada Lovelace")
    sign_petition(draft_for(petition, email="ada@example.org", name="William Example"))

    person.refresh_from_db()
    assert person.name == "Ada Lovelace"
    assert Supporter.objects.count() == 1
    # The second of the household signs with a slot of their own, and gets no record.
    second = Signature.objects.get(household_slot=2)
    confirm_signature(second.pk)
    assert Supporter.objects.get() == person


@pytest.mark.django_db
def test_same_name_elsewhere_is_somebody_else():
    one = signed(PetitionPageFactory(), "ada@example.org", postcode="SW1A 1AA").supporter
    signed(PetitionPageFactory(), "other@example.org", postcode="M1 1AE")

    assert suggestions_for(one) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("forms", list(ONE_PERSON.values())[:4], ids=list(ONE_PERSON)[:4])
def test_forms_of_an_address_confirmed_in_the_same_moment_are_one_person(forms):
    assert "postgresql" in settings.DATABASES["default"]["ENGINE"]
    addresses = (forms * 4)[:8]
    signatures = []
    for address in addresses:
        draft = draft_for(PetitionPageFactory(), email=address)
        sign_petition(draft)
        signatures.append(draft.id)

    at_once(len(signatures), lambda which: confirm_signature(signatures[which]))

    assert Supporter.objects.get().signatures.count() == len(signatures)


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_and_the_key_there_would_be_several():
    """What the races above would find if records were made the obvious way: looked for, then added."""

    def obvious(which: int) -> None:
        if not Supporter.objects.filter(source="race").exists():
            at_the_same_moment.wait(timeout=60)
            Supporter.objects.create(email_key=bytes([which]) * 32, source="race")

    at_the_same_moment = threading.Barrier(4)
    at_once(4, obvious)
    assert Supporter.objects.filter(source="race").count() == 4

    at_once(4, lambda _: remember_supporter(address="ada@example.org"))
    assert Supporter.objects.exclude(source="race").count() == 1
