"""Looking at a letter and sending it through us: what is taken, what is refused, and that nothing is lost."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mp_contacts.forms import BODY_LENGTH, SUBJECT_LENGTH
from mp_contacts.models import Letter, LetterSettings, LetterStage
from supporters.limits import Limit
from supporters.models import Message
from tests.factories.mp_contacts import DRAFT, ConstituencyFactory, MemberFactory
from tests.mp_contacts.writing import OWN, POSTCODE, Writer, letter_data, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client):
    return Writer(client)


TYPED = ("Ada Example", "ada@example.org", "1 Lantern Street", POSTCODE, OWN)


def test_letter_is_shown_as_the_office_gets_it_and_nothing_is_stored(writer):
    response = writer.send("preview")

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    page = text_of(response)
    for shown in (*TYPED, writer.member.email, "Safety for people who report violence"):
        assert shown in page
    assert f"Ada Example\n1 Lantern Street\nHarrowmere\n{POSTCODE}\n\n" in page
    assert "Yours sincerely,\nAda Example" in page, "signed for whoever has not signed"
    assert not Letter.objects.exists()
    assert not Message.objects.exists()


def test_preview_says_how_much_is_the_writers_own_and_never_blocks(writer):
    own = text_of(writer.send("preview"))
    unchanged = writer.send("preview", body=f"Dear Jo Lantern,\n\n{DRAFT}\n\nYours sincerely,")

    assert "of this letter is in your own words" in own
    assert unchanged.status_code == 200
    assert "a single sentence of yours" in text_of(unchanged)
    assert '<meter min="0" max="100" value="0"' in text_of(unchanged)
    assert writer.send("send", body=f"Dear Jo Lantern,\n\n{DRAFT}").status_code == 303


def test_everything_travels_from_preview_to_editing_and_sending(writer):
    preview = text_of(writer.send("preview", updates="on", own_subject="A word about safety"))
    for name in ("constituency", "body", "name", "email", "address", "postcode", "own_subject", "updates"):
        assert f'type="hidden" name="{name}"' in preview

    edited = text_of(writer.send("edit", updates="True", own_subject="A word about safety"))

    for typed in (*TYPED, 'value="A word about safety"', "checked"):
        assert typed in edited
    assert "error-summary" not in edited


def test_editing_judges_nothing_yet(writer):
    response = writer.send("edit", name="", email="not an address", body="Half a")

    assert response.status_code == 200
    for typed in ("not an address", "Half a"):
        assert typed in text_of(response)


@pytest.mark.parametrize("act", ["send", ""])
def test_sent_letter_is_stored_and_leads_on_with_nothing_personal_in_the_address(writer, act):
    response = writer.send(act)

    assert response.status_code == 303
    assert response["Location"] == f"/letters/{writer.page.pk}/check-your-email/"
    assert not response.cookies
    letter = Letter.objects.get()
    assert letter.stage == LetterStage.UNCONFIRMED
    assert letter.member == writer.member
    assert (letter.name, letter.email, letter.postcode) == ("Ada Example", "ada@example.org", POSTCODE)
    assert letter.address == "1 Lantern Street\nHarrowmere"
    assert letter.body.endswith(f"{OWN}\n\nYours sincerely,\nAda Example")
    assert letter.own_percent > 0
    assert (letter.seat_from_list, letter.wants_updates) == (False, False)


def test_seat_follows_from_the_postcode_where_none_was_chosen(writer):
    assert writer.send("send", constituency="").status_code == 303
    assert Letter.objects.get().member == writer.member


def test_seat_from_the_list_is_noted(writer):
    other = MemberFactory(constituency=ConstituencyFactory(code="X00000903"))

    assert writer.send("send", constituency="X00000903").status_code == 303
    letter = Letter.objects.get()
    assert (letter.member, letter.seat_from_list) == (other, True)


def test_consent_is_never_ticked_and_is_stored_as_it_was_left(writer):
    assert "checked" not in text_of(writer.post("find", postcode=POSTCODE)).split("Or let us send it")[1]
    writer.send("send", updates="on")

    assert Letter.objects.get().wants_updates


def test_yes_to_words_that_changed_meanwhile_is_asked_for_again(writer):
    response = writer.send("send", updates="on", wording="999999")

    assert response.status_code == 422
    assert "The words beside this box have changed" in text_of(response)
    edited = text_of(writer.send("edit", updates="on", wording="999999"))
    assert "checked" not in edited.split("Or let us send it")[1]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Enter your full name"),
        ("name", "123", "at least one letter"),
        ("name", "Ada www.example.com", "without a link"),
        ("name", "A" * 101, "100 characters or fewer"),
        ("email", "not an address", "like name@example.org"),
        ("address", "", "Enter your postal address"),
        ("address", "Harrowmere", "the house and the street"),
        ("address", "1 2 3", "a street or a town"),
        ("address", "x y\n" * 9, "8 lines or fewer"),
        ("address", "x y " * 101, "400 characters or fewer"),
        ("postcode", "12345", "Enter a full UK postcode"),
        ("postcode", "", "Enter your postcode"),
        ("own_subject", "s" * (SUBJECT_LENGTH + 1), "120 characters or fewer"),
        ("subject", "", "Choose what your letter is about"),
        ("subject", "s" * 5000, "120 characters or fewer"),
        ("body", "", "Write your letter first"),
        ("body", "Dear Jo Lantern,\n\nYours sincerely,\nAda", "between the greeting and your name"),
        ("body", "b" * (BODY_LENGTH + 1), "10,000 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(writer, field, value, words):
    for act in ("preview", "send"):
        response = writer.send(act, **{field: value})

        assert response.status_code == 422
        page = text_of(response)
        assert words in page
        assert "<title>Error: " in page
        for typed in (*TYPED, value.strip()):
            if not (field == "body" and typed == OWN):
                assert typed in page or typed in letter_data(writer.member)[field]
    assert not Letter.objects.exists()


@pytest.mark.parametrize("length", [BODY_LENGTH - 1, BODY_LENGTH])
def test_longest_letter_is_taken(writer, length):
    assert writer.send("preview", body="b" * length).status_code == 200


def test_line_ends_count_once(writer):
    assert writer.send("preview", body="b\r\n" * (BODY_LENGTH // 2)).status_code == 200


def test_obstacle_that_came_up_meanwhile_is_explained_with_the_text_kept(writer):
    writer.member.is_opted_out, writer.member.opt_out_reason = True, "Asked us."
    writer.member.save()
    response = writer.send("send")
    assert response.status_code == 409
    assert "has asked not to be sent letters" in text_of(response)
    assert OWN in text_of(response)

    LetterSettings.objects.update(is_dissolved=True)
    response = writer.send("send")
    assert response.status_code == 409
    assert "Parliament is dissolved" in text_of(response)
    assert OWN in text_of(response)
    assert not Letter.objects.exists()


def test_over_the_limit_nothing_is_stored_and_everything_typed_is_kept(writer, monkeypatch):
    limit = Limit("network", burst=3, every=timedelta(hours=1))
    for place in ("writing", "resending"):
        monkeypatch.setattr(f"mp_contacts.services.{place}.NETWORK_LIMIT", limit)
    for number in range(limit.burst):
        assert writer.send("send", email=f"person{number}@example.org").status_code == 303
    stored = Letter.objects.count()

    response = writer.send("send", email="late@example.org")

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    for typed in ("late@example.org", "Ada Example", OWN, "Please wait a few minutes"):
        assert typed in text_of(response)
    assert Letter.objects.count() == stored
    again = writer.client.post(f"/letters/{writer.page.pk}/resend/", {"email": "late@example.org"})
    assert again.status_code == 429
    assert "late@example.org" in text_of(again)


def test_answer_is_the_same_for_known_and_unknown_addresses(writer):
    def answer(response):
        return response.status_code, {name: value for name, value in response.items() if name != "Date"}

    assert answer(writer.send("send")) == answer(writer.send("send"))
    resend = f"/letters/{writer.page.pk}/resend/"
    known, unknown = (writer.client.post(resend, {"email": f"{who}@example.org"}) for who in ("ada", "nobody"))
    assert answer(known) == answer(unknown)
    assert known.status_code == 303


def test_asking_again_with_a_broken_address_keeps_it(writer):
    response = writer.client.post(f"/letters/{writer.page.pk}/resend/", {"email": "not an address"})

    assert response.status_code == 422
    assert "not an address" in text_of(response)


def test_letter_cannot_be_sent_from_another_site(writer):
    for act in ("find", "preview", "send"):
        typed = {**letter_data(writer.member), "act": act}
        response = writer.client.post(writer.page.write_url, typed, headers={"Sec-Fetch-Site": "cross-site"})
        assert response.status_code == 403
    assert not Letter.objects.exists()


@pytest.mark.parametrize("step", ["check-your-email", "thank-you", "withdrawn", "too-late"])
def test_steps_are_public_and_say_nothing_about_anybody(writer, step):
    writer.send("send")

    response = writer.client.get(f"/letters/{writer.page.pk}/{step}/")

    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies
    for typed in TYPED:
        assert typed not in text_of(response)
    assert writer.client.get(f"/letters/999999/{step}/").status_code == 404


def test_get_never_acts(writer):
    for step in ("write", "resend"):
        assert writer.client.get(f"/letters/{writer.page.pk}/{step}/", letter_data(writer.member)).status_code == 405


def sendable(text: str) -> str:
    """``text`` as the test client can encode it: half a character is none."""
    return text.encode("utf-8", "replace").decode()


FIELDS = ["act", "constituency", "postcode", "name", "email", "address", "subject", "own_subject", "body", "updates"]
ANYTHING = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["preview", "send", "edit", "compose", "find", "X00000901", POSTCODE, "Dear Jo,", "a@example.org"]),
    st.sampled_from(["\0", "\u202e", "\r\nBcc: x@example.org", "<script>", "𝒶" * 50, "x" * 20_000, "{{ form }}"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_whatever_is_posted_is_answered_and_never_in_an_address(writer, typed):
    response = writer.client.post(writer.page.write_url, {name: sendable(value) for name, value in typed.items()})

    assert response.status_code in {200, 303, 409, 422, 429}
    assert "<script>" not in text_of(response).replace('<script type="module"', "")
    assert not response.cookies
    if response.status_code == 303:
        assert response["Location"] == f"/letters/{writer.page.pk}/check-your-email/"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=40), subject=st.text(max_size=80), address=st.text(max_size=80))
def test_no_line_end_gets_into_name_or_subject(writer, name, subject, address):
    Letter.objects.all().delete()

    writer.send(
        "send", name=sendable(f"Ada {name}"), own_subject=sendable(subject), address=sendable(f"1 High St {address}")
    )

    for letter in Letter.objects.all():
        assert len(letter.subject.splitlines()) == 1
        assert len(letter.name.splitlines()) == 1
        assert "\0" not in letter.address
