"""Ending mails by the link in one: a press, or the mail program's own button (RFC 8058)."""

import base64
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from supporters.identity import email_key
from supporters.models import ConsentRecord, ConsentText, CurrentConsent, Purpose, Supporter, Suppression
from supporters.services import record_consent, remember_supporter
from supporters.unsubscribe_links import EVERYTHING, make_token, read_token, unsubscribe_url
from tests.supporters.mail_kinds import queued

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
UPDATES, TAKING_PART = Purpose.UPDATES, Purpose.TAKING_PART


def agree(supporter, purpose, choice=ConsentRecord.Choice.GIVEN):
    text, _ = ConsentText.objects.get_or_create(purpose=purpose, wording="Yes.", controller="Example Campaign")
    record_consent(
        supporter=supporter, text=text, choice=choice, method="web form", page_id=None, asked_at=timezone.now()
    )


@pytest.fixture
def ada():
    supporter = remember_supporter(address="ada@example.org", name="Ada")
    agree(supporter, UPDATES)
    agree(supporter, TAKING_PART)
    return supporter


def path(supporter, purpose=UPDATES):
    return f"/unsubscribe/{make_token(supporter.pk, purpose)}/"


def standing(supporter):
    return dict(CurrentConsent.objects.filter(supporter=supporter).values_list("purpose", "choice"))


def test_mail_program_of_another_site_ends_the_mails_with_one_post(ada):
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        path(ada), ONE_CLICK, headers={"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    )

    assert response.status_code == 200, "no redirect: RFC 8058 forbids it"
    assert not response.cookies
    assert standing(ada) == {"updates": "withdrawn", "taking_part": "given"}
    record = ada.consents.get(choice="withdrawn")
    assert (record.method, record.actor_id) == ("unsubscribed by the link in a mail", None)
    assert not Suppression.objects.exists(), "they still want the other mails"


def test_last_purpose_to_go_suppresses_the_address(client, ada):
    client.post(path(ada, UPDATES))
    client.post(path(ada, TAKING_PART))

    suppression = Suppression.objects.get()
    assert (bytes(suppression.email_key), suppression.reason) == (email_key("ada@example.org"), "asked")


def test_everything_ends_with_one_press(client, ada):
    client.post(path(ada, EVERYTHING))

    assert set(standing(ada).values()) == {"withdrawn"}
    assert Suppression.objects.get().reason == "asked"


def test_somebody_who_never_agreed_to_anything_can_stop_us_too(client):
    bell = remember_supporter(address="bell@example.org")
    client.post(path(bell))

    assert Suppression.objects.get().reason == "asked"


def test_looking_changes_nothing_however_often(client, ada):
    for _ in range(50):
        assert client.get(path(ada)).status_code == 200
        assert client.head(path(ada)).status_code == 200
        assert client.options(path(ada)).status_code == 405

    assert standing(ada) == {"updates": "given", "taking_part": "given"}


def test_page_has_one_form_with_one_button_and_names_nobody(client, ada):
    response = client.get(path(ada))
    page = response.content.decode()

    assert (page.count("<form"), page.count("<button")) == (1, 1)
    assert 'method="post"' in page
    assert "ada" not in page.lower().replace("data", "")
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    assert not response.cookies


def test_second_press_adds_nothing(client, ada):
    client.post(path(ada))
    first = client.post(path(ada), ONE_CLICK)

    assert first.status_code == 200
    assert ada.consents.filter(choice="withdrawn").count() == 1


def test_later_yes_is_not_undone_by_an_old_copy_of_the_page_being_looked_at(client, ada):
    client.post(path(ada))
    agree(ada, UPDATES)
    client.get(path(ada))

    assert standing(ada)["updates"] == "given"
    assert not Suppression.objects.exists()


def test_person_we_have_forgotten_is_answered_like_everybody(client, ada):
    known, forgotten = path(ada), f"/unsubscribe/{make_token(uuid4(), UPDATES)}/"

    assert client.get(known).content.replace(known.encode(), b"") == client.get(forgotten).content
    assert client.post(known).content == client.post(forgotten).content


def test_link_of_a_record_that_was_merged_ends_the_mails_of_the_one_person(client, ada):
    old = remember_supporter(address="old@example.org")
    link = path(old)
    Supporter.objects.filter(pk=old.pk).update(merged_into=ada, name=None, email=None, phone=None, postcode=None)

    client.post(link)

    assert standing(ada)["updates"] == "withdrawn"


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-1],
        lambda token: token + "A",
        lambda token: token[:5] + ("A" if token[5] != "A" else "B") + token[6:],
        lambda token: token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1],
        lambda token: "x",
        lambda token: token.replace(token[:20], "é" * 20),
    ],
)
def test_changed_token_opens_nothing(client, ada, change):
    changed = f"/unsubscribe/{change(make_token(ada.pk, UPDATES))}/"

    assert client.get(changed).status_code == 404
    assert client.post(changed, ONE_CLICK).status_code == 404
    assert standing(ada) == {"updates": "given", "taking_part": "given"}


def test_token_is_bound_to_person_and_purpose(ada):
    other = remember_supporter(address="bell@example.org")
    raw = base64.urlsafe_b64decode(make_token(ada.pk, UPDATES))

    assert read_token(make_token(ada.pk, UPDATES)) == (ada.pk, UPDATES)
    assert read_token(make_token(ada.pk, EVERYTHING)) == (ada.pk, EVERYTHING)
    assert read_token(base64.urlsafe_b64encode(other.pk.bytes + raw[16:]).decode()) is None


def test_link_outlives_the_encryption_keys_and_names_no_address(ada, settings):
    from supporters.crypto.keyring import Keyring

    link = unsubscribe_url(supporter_id=ada.pk, purpose=UPDATES)
    settings.KEYRING = Keyring.parse(settings.KEYRING).with_new_key().dump()

    assert unsubscribe_url(supporter_id=ada.pk, purpose=UPDATES) == link
    assert link.startswith(f"{settings.PUBLIC_ORIGIN}/unsubscribe/")
    assert "@" not in link
    assert "ada" not in link


def test_page_speaks_the_persons_language(client):
    bell = remember_supporter(address="bell@example.org", language="ro")

    assert '<html lang="ro"' in client.get(path(bell)).content.decode()


def test_requested_mail_carries_no_unsubscribe_header(sender, sink):
    queued()
    sender.send_due()

    assert sink.received[0].email["List-Unsubscribe"] is None
