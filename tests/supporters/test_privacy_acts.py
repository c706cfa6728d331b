"""Every button of the privacy page, over HTTP: it does what it says, says so, and may be pressed again."""

import re

import pytest
from django.utils import timezone

from petitions.models import Signature
from supporters.models import (
    ActionState,
    ConsentRecord,
    CurrentConsent,
    Message,
    PrivacyVisit,
    Purpose,
    Supporter,
    Suppression,
)
from tests.factories.petitions import ConsentTextFactory, PetitionPageFactory
from tests.petitions.organisers import signed
from tests.supporters.privacy_visits import Holder, joined, mark_of

pytestmark = pytest.mark.django_db

DETAILS = {
    "name": "Ada Lovelace",
    "phone": "07700 900123",
    "country": "GB",
    "postcode": "m11ae",
    "language": "pl",
}


@pytest.fixture
def petition():
    return PetitionPageFactory(title="Safe to report")


@pytest.fixture
def signature(petition):
    return signed(petition, comment="Mine.", wants_updates=True)


@pytest.fixture
def ada(signature):
    return Holder("ada@example.org")


def answers():
    return dict(CurrentConsent.objects.values_list("purpose", "choice"))


def test_details_are_corrected_and_said_to_be(ada):
    for _ in range(2):
        page = ada.does("correct", **DETAILS)
        assert "Your details are changed." in page

    record = Supporter.objects.get()
    assert (record.name, record.phone, record.postcode, record.language) == (
        "Ada Lovelace",
        "+447700900123",
        "M1 1AE",
        "pl",
    )
    assert record.phone_key
    assert Signature.objects.get().name == "Ada Example"


def test_details_left_empty_are_deleted(ada):
    ada.does("correct", language="en")

    record = Supporter.objects.get()
    assert (record.name, record.postcode, record.country, record.name_key) == ("", "", "", None)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": "www.example.com"}, "Enter a name without a link"),
        ({"name": "12345"}, "at least one letter"),
        ({"phone": "call me"}, "Enter a telephone number"),
        ({"postcode": "nowhere"}, "Enter a full UK postcode"),
        ({"country": "XX"}, "Choose a country from the list."),
        ({"language": "xx"}, "Choose a language from the list."),
    ],
)
def test_mistakes_keep_what_was_typed_and_change_nothing(ada, wrong, says):
    response = ada.post("correct", **DETAILS | wrong)

    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert "<title>Error: " in page
    assert all(f'value="{typed}"' in page for name, typed in (DETAILS | wrong).items() if name in {"name", "phone"})
    assert re.search(r'<details class="promise" open>', page)
    assert Supporter.objects.get().name == "Ada Example"


def test_no_is_written_down_and_stays_when_pressed_again(ada):
    for _ in range(2):
        assert "Your no is written down" in ada.does("disagree", purpose="updates")

    assert answers() == {"updates": "withdrawn"}
    assert ConsentRecord.objects.count() == 2
    newest = ConsentRecord.objects.latest("pk")
    assert (newest.method, newest.actor_id) == ("their own privacy page", None)


def test_yes_needs_the_tick_and_the_words_that_stand_beside_it(ada, petition):
    ada.does("disagree", purpose="updates")
    page = ada.look()
    wording = str(petition.consent_text_id)
    assert petition.consent_text.wording in page
    assert "checked" not in page

    for posted in ({}, {"wording": wording}, {"agree": "on"}, {"agree": "on", "wording": "999999"}):
        response = ada.post("agree", purpose="updates", **posted)
        assert response.status_code == 422, posted
        assert "checked" not in response.content.decode()
    assert answers() == {"updates": "withdrawn"}

    for _ in range(2):
        assert "Your yes is written down" in ada.does("agree", purpose="updates", agree="on", wording=wording)
    assert answers() == {"updates": "given"}
    assert ConsentRecord.objects.count() == 3
    # What their own no had stopped may go on.
    assert not Suppression.objects.exists()


def test_newer_words_are_asked_about_afresh(ada, petition):
    ada.does("disagree", purpose="updates")
    newer = ConsentTextFactory(wording="Yes, newer words.", published_at=timezone.now(), version=1_000_000)

    old = ada.post("agree", purpose="updates", agree="on", wording=str(petition.consent_text_id))

    assert old.status_code == 422
    assert "The words beside this box have changed." in old.content.decode()
    assert "Yes, newer words." in old.content.decode()
    ada.does("agree", purpose="updates", agree="on", wording=str(newer.pk))
    assert CurrentConsent.objects.get().record.text == newer


def test_purpose_nobody_asks_about_has_no_box(ada):
    page = ada.look()

    assert str(Purpose.TAKING_PART.label) in page
    assert "Nobody asks for this at the moment." in page
    assert "nothing was changed" in ada.does("agree", purpose="taking_part", agree="on", wording="1")
    assert "nothing was changed" in ada.does("agree", purpose="no such purpose")


def test_purpose_never_asked_before_can_be_agreed_to(ada):
    text = ConsentTextFactory(purpose=Purpose.TAKING_PART, wording="Yes, invite me.", published_at=timezone.now())

    ada.does("agree", purpose="taking_part", agree="on", wording=str(text.pk))

    assert answers() == {"updates": "given", "taking_part": "given"}


def test_unsubscribing_takes_every_yes_back_and_suppresses(ada):
    text = ConsentTextFactory(purpose=Purpose.TAKING_PART, published_at=timezone.now())
    ada.does("agree", purpose="taking_part", agree="on", wording=str(text.pk))

    for _ in range(2):
        assert "You are unsubscribed from everything" in ada.does("unsubscribe")

    assert set(answers().values()) == {"withdrawn"}
    assert ConsentRecord.objects.count() == 4
    assert Suppression.objects.get().reason == Suppression.Reason.ASKED
    assert Signature.objects.get().state == ActionState.CONFIRMED


def test_blocking_stops_every_mail(ada):
    ada.does("unsubscribe")
    for _ in range(2):
        assert "no mail of any kind goes to this address again" in ada.does("block")

    assert Suppression.objects.get().reason == Suppression.Reason.BLOCKED
    # An earlier wish is not stronger than a later, weaker one pressed by mistake afterwards.
    ada.does("unsubscribe")
    assert Suppression.objects.get().reason == Suppression.Reason.BLOCKED


def test_one_signature_is_taken_back_and_the_others_stay(ada, signature):
    other = signed(PetitionPageFactory(title="Another one"))

    for says in ("It is taken back.", "There is nothing left of it"):
        assert says in ada.does("withdraw", what=f"signature:{signature.pk}")

    states = dict(Signature.objects.values_list("pk", "state"))
    assert states == {signature.pk: "withdrawn", other.pk: "confirmed"}
    assert "Another one" in ada.look()


def test_last_signature_taken_back_leaves_nothing(ada, signature):
    page = ada.does("withdraw", what=f"signature:{signature.pk}")

    assert "It is taken back." in page
    assert "There is no record with your details" in page
    assert not Supporter.objects.exists()
    assert ada.post("correct", **DETAILS).status_code == 200
    assert not Supporter.objects.exists()


@pytest.mark.parametrize("what", ["", "signature", "signature:", "nothing:1", "signature:not-an-id"])
def test_only_what_this_address_did_can_be_taken_back(ada, what):
    others = signed(PetitionPageFactory(), email="bea@example.org", name="Bea")

    for reference in (what, f"signature:{others.pk}"):
        assert "There is nothing left of it" in ada.does("withdraw", what=reference)

    assert set(Signature.objects.values_list("state", flat=True)) == {"confirmed"}


def test_each_of_a_household_can_be_taken_back_by_the_address(ada, petition, signature):
    second = signed(petition, name="Ben Example")
    assert second.household_slot == 2

    ada.does("withdraw", what=f"signature:{second.pk}")

    second.refresh_from_db()
    signature.refresh_from_db()
    assert (second.state, signature.state) == ("withdrawn", "confirmed")


def test_joined_records_are_each_changed_by_their_own_address_alone():
    ada = signed(PetitionPageFactory(title="Petition of Ada"), wants_updates=True, **mark_of("Ada"))
    bea = signed(PetitionPageFactory(title="Petition of Bea"), email="bea@example.org", **mark_of("Bea"))
    joined(kept=ada, lost=bea)
    her = Holder("bea@example.org")

    her.post("correct", **DETAILS)
    her.post("disagree", purpose="updates")
    her.post("agree", purpose="updates", agree="on", wording="1")
    her.does("withdraw", what=f"signature:{ada.pk}")
    her.does("unsubscribe")

    assert Supporter.objects.get(pk=ada.supporter_id).name == "Ada Markname"
    assert answers() == {"updates": "given"}
    assert Signature.objects.get(pk=ada.pk).state == "confirmed"
    # Her own address is stopped, and what she did is hers to take back.
    assert Suppression.objects.count() == 1
    Holder("ada@example.org").does("withdraw", what=f"signature:{bea.pk}")
    assert Signature.objects.get(pk=bea.pk).state == "confirmed"
    her.does("withdraw", what=f"signature:{bea.pk}")
    assert Signature.objects.get(pk=bea.pk).state == "withdrawn"


def test_erasing_asks_once_more(ada):
    response = ada.post("erase")

    assert response.status_code == 422
    assert "Tick the box if you are sure. Nothing has been erased." in response.content.decode()
    assert Supporter.objects.exists()


def test_erasing_forgets_and_leads_to_a_page_that_says_nothing(ada, signature):
    signed(PetitionPageFactory(), confirmed=False)
    bystander = signed(PetitionPageFactory(), email="bea@example.org", name="Bea")

    response = ada.post("erase", sure="on")

    assert (response.status_code, response["Location"]) == (303, "/privacy/erased/")
    assert response["Cache-Control"] == "private, no-store"
    done = ada.client.get("/privacy/erased/")
    assert done.status_code == 200
    assert "ada" not in done.content.decode().lower().replace("canada", "")
    assert list(Supporter.objects.values_list("pk", flat=True)) == [bystander.supporter_id]
    signature.refresh_from_db()
    assert (signature.state, signature.name, signature.person_key) == ("confirmed", "", None)
    assert not PrivacyVisit.objects.exists()
    assert not Message.objects.filter(state="queued", subject_id=signature.pk).exists()
    # Pressed again, or looked at again: the usual page.
    assert ada.post("erase", sure="on").status_code == 404
    assert ada.client.get(ada.path, follow=True).status_code == 404


def test_two_tabs_do_not_mix(ada):
    signed(PetitionPageFactory(), email="bea@example.org", name="Bea")
    bea = Holder("bea@example.org")
    ada.look()
    ada.client.get(bea.path)

    ada.does("unsubscribe")

    from supporters.identity import email_key

    assert bytes(Suppression.objects.get().email_key) == email_key("ada@example.org")
