"""What a visitor is answered: the same whether or not their address is known, and never an error page."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from petitions.models import PetitionState, Signature
from petitions.services import confirm_signature
from supporters.models import LimitBucket, Message, PrivacyMode
from tests.factories.petitions import PetitionPageFactory, form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition():
    return PetitionPageFactory(title="Safe to report", slug="safe-to-report")


@pytest.fixture
def sign(client, petition):
    return lambda **typed: client.post(petition.sign_url, form_data(**typed))


def text_of(response):
    return response.content.decode()


def test_page_shows_the_form_and_sets_no_cookie(client, petition):
    response = client.get(petition.url)

    assert response.status_code == 200
    assert f'action="{petition.sign_url}"' in text_of(response)
    assert "csrf" not in text_of(response)
    assert not response.cookies


def test_valid_form_leads_on_with_303_and_nothing_personal_in_the_address(petition, sign):
    response = sign()

    assert response.status_code == 303
    assert response["Location"] == f"/petitions/{petition.pk}/check-your-email/"
    assert Signature.objects.count() == 1


def test_invalid_form_is_the_page_itself_with_everything_typed(sign):
    response = sign(email="not an address", name="Ada <b>Example</b>", comment="My own words.")

    assert response.status_code == 422
    page = text_of(response)
    assert "<title>Error: " in page
    assert "Enter an e-mail address like name@example.org." in page
    for typed in ("not an address", "Ada &lt;b&gt;Example&lt;/b&gt;", "SW1A 1AA", "My own words."):
        assert typed in page
    assert 'role="alert"' in page
    assert 'href="#id_email"' in page
    assert 'aria-invalid="true"' in page
    assert not Signature.objects.exists()


def test_consent_is_never_ticked_and_stays_as_it_was_left(sign):
    assert "checked" not in text_of(sign(email="x"))
    assert "checked" in text_of(sign(email="x", updates="on"))


def answer(response):
    headers = {name: value for name, value in response.items() if name != "Date"}
    return response.status_code, headers, response.content


def test_answer_is_the_same_for_new_waiting_and_confirmed_addresses(sign):
    new = answer(sign())
    waiting = answer(sign())
    confirm_signature(Signature.objects.get().pk)
    confirmed = answer(sign())

    assert new == waiting == confirmed


def test_asking_again_is_answered_the_same_for_known_and_unknown_addresses(client, petition, sign):
    sign()
    known, unknown = (
        answer(client.post(f"/petitions/{petition.pk}/resend/", {"email": address}))
        for address in ("ada@example.org", "nobody@example.org")
    )

    assert known == unknown
    assert Message.objects.count() == 2, "one for signing, one more because it was asked for"


def test_asking_again_with_a_broken_address_keeps_what_was_typed(client, petition):
    response = client.post(f"/petitions/{petition.pk}/resend/", {"email": "not an address"})

    assert response.status_code == 422
    assert "not an address" in text_of(response)


def test_over_the_limit_nothing_is_stored_and_everything_typed_is_kept(petition, sign):
    for number in range(60):
        assert sign(email=f"person{number}@example.org").status_code == 303
    stored = Signature.objects.count()

    response = sign(email="late@example.org", name="Late Comer", comment="Still here.")

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    page = text_of(response)
    for typed in ("late@example.org", "Late Comer", "Still here.", "Please wait a few minutes"):
        assert typed in page
    assert Signature.objects.count() == stored


def test_limits_store_no_network_address(sign):
    sign()

    stored = b"".join(bytes(key) for key in LimitBucket.objects.values_list("key", flat=True))
    assert stored
    assert b"127.0.0" not in stored


def test_closed_petition_says_so_and_stores_nothing(petition, sign):
    petition.state = PetitionState.CLOSED
    petition.save()

    response = sign()

    assert response.status_code == 409
    assert not Signature.objects.exists()


def test_petition_past_its_closing_time_takes_no_more(petition, sign):
    petition.closes_at = timezone.now() - timedelta(minutes=1)
    petition.save()

    assert sign().status_code == 409


def test_petition_that_is_not_open_yet_takes_none(petition, sign):
    petition.opens_at = timezone.now() + timedelta(days=1)
    petition.save()

    assert sign().status_code == 409


@pytest.mark.parametrize("step", ["sign", "resend"])
def test_get_never_acts(client, petition, step):
    assert client.get(f"/petitions/{petition.pk}/{step}/", form_data()).status_code == 405
    assert not Signature.objects.exists()


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_form_posted_by_another_site_is_refused(client, petition, headers):
    assert client.post(petition.sign_url, form_data(), headers=headers).status_code == 403
    assert not Signature.objects.exists()


@pytest.mark.parametrize("step", ["check-your-email", "thank-you", "withdrawn", "too-late", "count.json"])
def test_steps_around_the_petition_are_public_and_cookie_free(client, petition, step):
    response = client.get(f"/petitions/{petition.pk}/{step}" + ("" if "." in step else "/"))

    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies


@pytest.mark.parametrize("step", ["check-your-email/", "thank-you/", "count.json"])
def test_petition_that_is_not_there_is_a_404(client, step):
    assert client.get(f"/petitions/999999/{step}").status_code == 404


def test_draft_petition_is_a_404(client, petition):
    petition.live = False
    petition.save()

    assert client.post(petition.sign_url, form_data()).status_code == 404


def test_count_is_what_the_job_added_up(client, petition):
    document = json.loads(client.get(petition.count_url).content)

    assert document.keys() == {"count", "goal", "as_of"}
    assert (document["count"], document["goal"]) == (0, 100)
    assert document["as_of"].endswith("Z")


def test_any_site_may_read_the_count(client, petition):
    assert client.get(petition.count_url)["Access-Control-Allow-Origin"] == "*"


def test_count_only_petition_asks_for_nothing_but_an_address(client):
    petition = PetitionPageFactory(privacy_mode=PrivacyMode.COUNT)
    page = text_of(client.get(petition.url))

    assert 'name="email"' in page
    for field in ("name", "postcode", "comment", "updates"):
        assert f'name="{field}"' not in page


def test_count_only_petition_ignores_what_it_did_not_ask_for(client):
    petition = PetitionPageFactory(privacy_mode=PrivacyMode.COUNT)

    assert client.post(petition.sign_url, form_data(updates="on")).status_code == 303

    signature = Signature.objects.get()
    assert (signature.name, signature.postcode, signature.wants_updates) == ("", "", False)


anything = st.text(max_size=300)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=anything, email=anything, postcode=anything, country=anything, comment=anything, shown_as=anything)
def test_no_input_at_all_is_an_error_page(client, petition, name, email, postcode, country, comment, shown_as):
    typed = form_data(name=name, email=email, postcode=postcode, country=country, comment=comment, shown_as=shown_as)

    assert client.post(petition.sign_url, typed).status_code in {303, 422, 429}
