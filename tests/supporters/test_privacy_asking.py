"""Asking for the link: the page answers every address alike and looks nothing up; the mail goes to owners only."""

import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.db.models import F

from supporters.delivery import Sender
from supporters.identity import email_key
from supporters.limits import NETWORK_LIMIT
from supporters.links.tokens import TOKEN_IN_LINK
from supporters.mails import render
from supporters.models import Link, Message, PrivacyVisit, Supporter, Suppression
from supporters.privacy.visits import forget_expired_visits
from supporters.retention import retention_rules
from supporters.suppression import suppress
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import signed
from tests.supporters.privacy_visits import ask, meet_everybody

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses():
    return meet_everybody()


def test_mistake_keeps_what_was_typed_and_stores_nothing(client):
    response = client.post("/privacy/", {"email": "not an address"})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="not an address"' in page
    assert "Enter an e-mail address like name@example.org." in page
    assert not Message.objects.exists()


def test_flood_from_one_network_is_refused_with_what_was_typed(client):
    for _ in range(NETWORK_LIMIT.burst):
        client.post("/privacy/", {"email": "ada@example.org"}, REMOTE_ADDR="198.51.100.1")

    response = client.post("/privacy/", {"email": "ada@example.org"}, REMOTE_ADDR="198.51.100.2")

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert 'value="ada@example.org"' in response.content.decode()
    assert Message.objects.count() == NETWORK_LIMIT.burst
    assert ask(client, "ada@example.org").status_code == 303


def test_page_sets_no_cookie_and_may_be_kept_by_caches(client):
    for path in ("/privacy/", "/privacy/sent/", "/privacy/erased/"):
        page = client.get(path)
        assert not page.cookies
        assert page["Cache-Control"].startswith("public")


def test_form_of_another_site_is_refused(client):
    assert (
        client.post("/privacy/", {"email": "a@example.org"}, headers={"origin": "https://x.example"}).status_code == 403
    )


def test_address_waits_encrypted(client):
    ask(client, "ada@example.org")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM supporters_message")
        assert b"ada@" not in b"".join(
            bytes(value) for value in cursor.fetchone() if isinstance(value, memoryview | bytes)
        )


def send():
    """What the worker does with everything that is due."""
    sender = Sender()
    while sender.send_due():
        pass
    sender.hang_up()


def states():
    return list(Message.objects.filter(kind="privacy_link").values_list("state", flat=True))


def sent_to(client, address):
    Message.objects.all().delete()
    mail.outbox.clear()
    ask(client, address)
    send()
    return [letter.to for letter in mail.outbox]


@pytest.mark.parametrize(
    ("who", "gets_it"),
    [
        ("known", True),
        ("pending", True),
        ("suppressed", True),
        ("erased", True),
        ("blocked", False),
        ("unknown", False),
    ],
)
def test_only_addresses_we_hold_something_about_get_the_mail(client, addresses, who, gets_it):
    address = f"{who}@example.org"

    assert sent_to(client, address) == ([[address]] if gets_it else [])
    assert Message.objects.filter(recipient__isnull=False).count() == 0
    assert PrivacyVisit.objects.exists() is gets_it


def test_mail_nobody_needs_is_cancelled(client):
    ask(client, "unknown@example.org")
    ask(client, "unknown@example.org")
    send()

    assert states() == ["cancelled", "cancelled"]
    assert not Link.objects.exists()
    assert mail.outbox == []


def test_somebody_who_complained_still_gets_the_way_to_their_data(client, addresses):
    suppress(email_key("known@example.org"), Suppression.Reason.COMPLAINED)

    assert sent_to(client, "known@example.org") == [["known@example.org"]]


def test_signpost_that_a_merge_left_gets_the_mail(client):
    kept = signed(PetitionPageFactory())
    Supporter.objects.create(email_key=email_key("old@example.org"), merged_into_id=kept.supporter_id)

    assert sent_to(client, "old@example.org") == [["old@example.org"]]


def test_mail_that_waits_for_the_address_alone_is_a_trace(client):
    from tests.supporters.mail_kinds import queued

    queued("wait@example.org").__class__.objects.update(next_attempt_at=F("next_attempt_at") + timedelta(days=1))
    ask(client, "wait@example.org")
    ask(client, "wait+tag@example.org")
    send()

    assert [letter.to for letter in mail.outbox] == [["wait@example.org"]]


def test_mail_is_discreet_and_its_link_opens_the_page(client, addresses):
    sent_to(client, "known@example.org")
    [letter] = mail.outbox

    html = letter.alternatives[0][0]
    assert letter.subject == "Your link"
    for told in (letter.body, html):
        for word in ("petition", "sign", "campaign", "sex", "privacy", "data", "Ada", "known@"):
            assert word not in told.replace(settings.PUBLIC_ORIGIN + "/privacy/", "")
        assert settings.PUBLIC_ORIGIN + "/links/" in told
    token = TOKEN_IN_LINK.search(letter.body).group(1)
    page = client.get(f"/links/{token}/", follow=True)
    assert page.redirect_chain == [("/privacy/yours/", 302)]
    assert "known@example.org" in page.content.decode()
    visit = PrivacyVisit.objects.get()
    assert timedelta(minutes=59) < visit.expires_at - visit.created_at <= timedelta(hours=1, seconds=1)


def test_mail_is_in_the_persons_language_else_in_the_pages(addresses):
    Supporter.objects.filter(email_key=email_key("known@example.org")).update(language="pl")
    languages = {}
    for address in ("known@example.org", "pending@example.org"):
        message = Message.objects.create(
            kind="privacy_link", subject_id=uuid.uuid4(), recipient=address, body='{"language": "cy"}'
        )
        languages[address] = 'lang="pl"' if 'lang="pl"' in render(message).alternatives[0][0] else "cy"
        assert PrivacyVisit.objects.get(pk=message.subject_id).language in {"pl", "cy"}

    assert languages == {"known@example.org": 'lang="pl"', "pending@example.org": "cy"}


def test_mail_written_again_after_a_failure_begins_the_same_visit_anew(addresses):
    message = Message.objects.create(kind="privacy_link", subject_id=uuid.uuid4(), recipient="known@example.org")
    render(message)
    PrivacyVisit.objects.update(expires_at=F("expires_at") - timedelta(hours=2))
    render(message)

    assert PrivacyVisit.objects.filter(expires_at__gt=F("created_at") + timedelta(minutes=59)).count() == 1


def test_visits_are_forgotten_when_their_hour_is_over(addresses):
    for address in ("known@example.org", "pending@example.org"):
        render(Message.objects.create(kind="privacy_link", subject_id=uuid.uuid4(), recipient=address))
    over = PrivacyVisit.objects.first()
    PrivacyVisit.objects.filter(pk=over.pk).update(expires_at=F("expires_at") - timedelta(hours=1))

    assert forget_expired_visits() == 1
    assert PrivacyVisit.objects.exclude(pk=over.pk).count() == PrivacyVisit.objects.count() == 1
    assert "supporters.PrivacyVisit.email" in {field for rule in retention_rules() for field in rule.fields}
