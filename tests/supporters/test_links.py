"""Links in mails: looking changes nothing, pressing does, guessing learns nothing."""

import hashlib
import re
import secrets
import uuid
from datetime import timedelta

import pytest
from django import forms
from django.conf import settings as site
from django.db.models import F

from supporters.links import LinkPage, forget_expired_links, mint_link, register_purpose
from supporters.links.tokens import TOKEN_BYTES, find_link, token_in
from supporters.links.views import COOKIE
from supporters.models import Link

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)
# Any template of the site will do to stand between title and button.
CONTEXT = {"form": forms.Form()}


class RingBell:
    """A purpose that only tests have: remembers whose bell was rung."""

    name = "test_ring_bell"

    def __init__(self):
        self.rung = []
        self.gone = set()

    def page(self, subject_id):
        if subject_id in self.gone:
            return None
        return LinkPage(title="Ring the bell", button="Ring", template="components/error_summary.html", context=CONTEXT)

    def act(self, subject_id):
        if subject_id in self.gone:
            return None
        self.rung.append(subject_id)
        return "/rung/"


BELL = RingBell()
register_purpose(BELL)


@pytest.fixture
def bell():
    BELL.rung.clear()
    BELL.gone.clear()
    return BELL


@pytest.fixture
def subject():
    return uuid.uuid4()


@pytest.fixture
def link(subject):
    return path_of(mint_link(purpose=RingBell.name, subject_id=subject, lifetime=WEEK))


def path_of(link):
    assert link.startswith(site.PUBLIC_ORIGIN)
    return link.removeprefix(site.PUBLIC_ORIGIN)


def token_of(path):
    return path.removeprefix("/links/").strip("/")


def is_personal(response):
    return "no-store" in response["Cache-Control"]


def test_only_the_hash_of_a_token_is_stored(link):
    token = token_of(link)

    stored = bytes(Link.objects.get().token_hash)
    assert stored == hashlib.sha256(token.encode()).digest()
    assert len(token) == 43


def test_first_get_moves_the_token_into_a_cookie_and_the_address_is_clean(client, link):
    response = client.get(link)

    assert (response.status_code, response["Location"]) == (302, "/links/")
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert 0 < cookie["max-age"] <= 3600
    assert is_personal(response)
    assert response["Referrer-Policy"] == "no-referrer"


def test_page_explains_and_its_first_form_is_the_button(client, link, bell):
    page = client.get(link, follow=True)

    text = page.content.decode()
    assert page.status_code == 200
    assert is_personal(page)
    assert "Ring the bell" in text
    form = re.findall(r"<form.*?</form>", text, re.DOTALL)[0]
    assert 'method="post" action="/links/"' in form
    assert f'name="token" value="{token_of(link)}"' in form


def test_button_acts_and_leads_on_and_deletes_the_cookie(client, link, bell, subject):
    client.get(link)
    response = client.post("/links/", {"token": token_of(link)})

    assert (response.status_code, response["Location"]) == (303, "/rung/")
    assert bell.rung == [subject]
    assert response.cookies[COOKIE]["max-age"] == 0
    assert is_personal(response)


def test_button_works_without_the_cookie(client, link, bell, subject):
    client.post("/links/", {"token": token_of(link)})

    assert bell.rung == [subject]


def test_two_tabs_do_not_mix(client, bell, subject, link):
    other = uuid.uuid4()
    other_link = path_of(mint_link(purpose=RingBell.name, subject_id=other, lifetime=WEEK))
    client.get(link)
    client.get(other_link)

    client.post("/links/", {"token": token_of(link)})

    assert bell.rung == [subject]


@pytest.mark.parametrize(
    ("method", "times"), [("get", 50), ("head", 50), ("options", 50), ("put", 1), ("delete", 1), ("patch", 1)]
)
def test_looking_however_often_changes_nothing(client, link, bell, method, times):
    before = Link.objects.values().get()
    for _ in range(times):
        for path in (link, "/links/", "/links/open/"):
            assert getattr(client, method)(path).status_code < 500

    assert bell.rung == []
    assert Link.objects.values().get() == before


def test_form_of_another_site_is_refused(client, link, bell):
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}):
        assert client.post("/links/", {"token": token_of(link)}, headers=headers).status_code == 403

    assert bell.rung == []


def test_post_works_where_tokens_against_forged_forms_are_enforced(link, bell, subject):
    from django.test import Client

    Client(enforce_csrf_checks=True).post("/links/", {"token": token_of(link)})

    assert bell.rung == [subject]


def test_unknown_expired_erased_and_mutated_links_are_one_page(client, bell, subject, link):
    expired = mint_link(purpose=RingBell.name, subject_id=subject, lifetime=-WEEK)
    erased = mint_link(purpose=RingBell.name, subject_id=subject, lifetime=WEEK)
    Link.objects.filter(token_hash=hashlib.sha256(token_of(path_of(erased)).encode()).digest()).delete()
    nobody_s = mint_link(purpose="test_purpose_of_a_removed_app", subject_id=subject, lifetime=WEEK)
    tokens = [token_of(path_of(dead)) for dead in (expired, erased, nobody_s)] + mutations_of(token_of(link))[::60]

    answers = set()
    for token in tokens:
        answer = client.post("/links/", {"token": token})
        assert is_personal(answer)
        answers.add((answer.status_code, answer.content))
    for token in tokens[:2] + tokens[3:]:
        answer = client.get(f"/links/{token}/")
        assert COOKIE not in answer.cookies
        answers.add((answer.status_code, answer.content))

    assert len(answers) == 1
    assert answers.pop()[0] == 404
    assert bell.rung == []


def mutations_of(token):
    """Some 850 tokens that are nearly right."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    changed = [
        token[:place] + letter + token[place + 1 :]
        for place in range(0, len(token) - 1, 2)
        for letter in secrets.SystemRandom().sample(alphabet.replace(token[place], ""), 40)
    ]
    return [*changed, token[:-1], token + "A", token.swapcase(), secrets.token_urlsafe(TOKEN_BYTES), "é" * 43]


def test_no_token_that_is_nearly_right_finds_anything(link):
    assert find_link(token_of(link)) is not None
    assert not any(find_link(token) for token in mutations_of(token_of(link)))


def test_link_whose_subject_is_gone_is_the_same_page(client, link, bell, subject):
    bell.gone.add(subject)

    assert client.post("/links/", {"token": token_of(link)}).status_code == 404
    assert client.get(link, follow=True).status_code == 404


def test_link_can_be_pressed_again_until_it_expires(client, link, bell, subject):
    for _ in range(3):
        assert client.post("/links/", {"token": token_of(link)}).status_code == 303
    Link.objects.update(expires_at=F("expires_at") - WEEK)

    assert client.post("/links/", {"token": token_of(link)}).status_code == 404


def test_without_a_cookie_the_page_offers_to_paste_the_link(client):
    page = client.get("/links/")

    assert page.status_code == 200
    assert 'action="/links/open/"' in page.content.decode()


@pytest.mark.parametrize("around", ["{}", "  {}\n", "Press here: {} Thanks", "<{}>"])
def test_pasted_link_shows_the_button_and_does_not_press_it(client, link, bell, around):
    page = client.post("/links/open/", {"link": around.format(site.PUBLIC_ORIGIN + link)})

    assert page.status_code == 200
    assert token_of(link) in page.content.decode()
    assert bell.rung == []


def test_link_broken_over_two_lines_is_mended(link):
    whole = site.PUBLIC_ORIGIN + link
    assert token_in(f"{whole[:40]}\r\n{whole[40:]}") == token_of(link)


@pytest.mark.parametrize("pasted", ["", "hello", "/links/short/", "\0" * 90])
def test_pasting_something_else_is_the_page_of_a_dead_link(client, pasted):
    assert client.post("/links/open/", {"link": pasted}).status_code == 404


def test_link_begins_with_the_configured_origin_whatever_the_host(client, settings, subject):
    settings.PUBLIC_ORIGIN = "https://campaign.example"

    assert mint_link(purpose=RingBell.name, subject_id=subject, lifetime=WEEK).startswith(
        "https://campaign.example/links/"
    )


def test_expired_links_are_forgotten_and_others_kept(subject):
    mint_link(purpose=RingBell.name, subject_id=subject, lifetime=-WEEK)
    mint_link(purpose=RingBell.name, subject_id=subject, lifetime=WEEK)

    assert forget_expired_links() == 1
    assert Link.objects.count() == 1


def test_two_purposes_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Two purposes"):
        register_purpose(RingBell())
