"""What the public form takes, and what it says to what it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitions.forms import SignatureForm
from petitions.models import ShownAs
from supporters.identity import normalise_address
from supporters.typed import clean_text
from tests.factories.petitions import form_data

WORDING = "Yes, write to me."


def bound(**typed):
    return SignatureForm(form_data(**typed), consent_wording=WORDING)


def error_of(field, **typed):
    form = bound(**typed)
    assert not form.is_valid()
    return form.errors[field][0]


def test_name_address_and_postcode_are_enough():
    form = bound()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["country"] == "GB"
    assert form.cleaned_data["shown_as"] == ShownAs.NOT_SHOWN
    assert form.cleaned_data["updates"] is False


def test_consent_box_is_never_ticked_for_anybody():
    assert "checked" not in str(SignatureForm(consent_wording=WORDING)["updates"])


@pytest.mark.parametrize("typed", ["sw1a1aa", " SW1A  1AA ", "Sw1A 1Aa"])
def test_postcode_is_taken_however_it_is_spaced(typed):
    form = bound(postcode=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["postcode"] == "SW1A 1AA"


def test_wrong_postcode_is_explained():
    assert error_of("postcode", postcode="123") == "Enter a full UK postcode, like SW1A 1AA."


def test_missing_postcode_says_what_else_there_is():
    assert error_of("postcode", postcode="") == "Enter your postcode, or choose the country you live in."


@pytest.mark.parametrize("typed", ["", "010011", "Cluj 400001"])
def test_abroad_any_postcode_or_none_will_do(typed):
    assert bound(country="RO", postcode=typed).is_valid()


def test_country_that_is_not_one_is_refused():
    assert error_of("country", country="XX") == "Choose a country from the list."


@pytest.mark.parametrize(
    "name", ["Ада Лавлейс", "José Ñuñez", "Zoë", "李小龍", "Nguyễn Văn A", "O'Brien-Smith", "علی‌رضا"]
)
def test_names_of_the_world_are_names(name):
    assert bound(name=name).is_valid()


@pytest.mark.parametrize("name", ["http://spam.example", "buy at www.spam.example", "me@spam.example", "spam.com"])
def test_name_with_a_link_is_refused(name):
    assert error_of("name", name=name) == "Enter a name without a link or an e-mail address in it."


def test_name_of_signs_only_is_refused():
    assert error_of("name", name="--- ***") == "Enter a name with at least one letter."


@pytest.mark.parametrize("address", ["no-at-sign", "a@b", "a b@example.org", "@example.org", "ada@exa_mple..org"])
def test_address_that_cannot_be_one_is_explained(address):
    assert error_of("email", email=address) == "Enter an e-mail address like name@example.org."


@pytest.mark.parametrize(
    "typed", ["ada@ex.org，1＠other.org", '"ada@other.org"@ex.org', "ada@ex.org,bob@other.org", "ädа@ex.org"]
)
def test_address_that_hides_another_is_refused(typed):
    assert error_of("email", email=typed) == "Enter an e-mail address like name@example.org."


def test_mail_goes_to_the_very_address_a_person_is_known_by():
    form = bound(email="Ada@Mißion.example.org")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["email"] == "Ada@xn--miion-mqa.example.org"


@given(st.emails(), st.sampled_from(["", "，1＠x.org", "ß", "ſ", "＠"]))
def test_whatever_is_accepted_is_one_plain_address(email, more):
    form = bound(email=email + more)
    if form.is_valid() or "email" not in form.errors:
        accepted = form.cleaned_data["email"]
        assert accepted.isascii()
        assert accepted.count("@") == 1
        assert not set(accepted) & set('," <>()')
        assert normalise_address(accepted) == accepted.lower()


def test_a_yes_to_other_words_is_no_yes_to_these():
    form = SignatureForm(form_data(updates="on", wording="1"), consent_wording=WORDING, consent_text_id=2)
    assert not form.is_valid()
    assert form.errors["updates"] == ["The words beside this box have changed. Tick it again if you agree to them."]
    assert "checked" not in str(form["updates"])
    assert 'value="2"' in str(form["wording"])


@pytest.mark.parametrize("typed", [{}, {"wording": "1"}])
def test_a_no_needs_no_words_and_a_plain_form_no_hidden_field(typed):
    form = SignatureForm(form_data(**typed), consent_wording=WORDING, consent_text_id=2)
    assert form.is_valid(), form.errors


def test_every_error_is_a_full_sentence():
    form = SignatureForm({"country": "XX", "shown_as": "loud", "comment": "x" * 501}, consent_wording=WORDING)
    assert not form.is_valid()
    messages = [message for errors in form.errors.values() for message in errors]
    assert messages
    assert all(message.endswith(".") and message[0].isupper() for message in messages)


@given(st.text())
def test_cleaned_text_holds_no_control_or_direction_marks(text):
    cleaned = clean_text(text)
    assert not any(character in cleaned for character in "\x00\r\n\t\u202e\u2066\ufeff")
    assert clean_text(cleaned) == cleaned


@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=30), st.text(max_size=600))
def test_no_text_at_all_makes_the_form_fail_badly(name, email, postcode, comment):
    form = bound(name=name, email=email, postcode=postcode, comment=comment)
    form.is_valid()
    str(form)
