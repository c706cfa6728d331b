"""Who may report on our mail: the provider that is configured, once it has shown who it is."""

import base64
import hashlib
import hmac
import json
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from campaign_site.mail.providers import PROVIDERS, anymail_settings
from supporters.identity import email_key
from supporters.models import DeliveryEvent, Suppression

pytestmark = pytest.mark.django_db

PATH = "/mail/reports/"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = base64.b64encode(
    KEY.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
).decode()
SECRET = "reports:correct horse battery staple"
POSTAL = json.dumps(
    {
        "event": "MessageBounced",
        "timestamp": 1_700_000_000,
        "uuid": "e1",
        "payload": {
            "original_message": {"id": 7, "to": "ada@example.org", "direction": "outgoing"},
            "bounce": {"id": 8},
        },
    }
)
POSTMARK = json.dumps(
    {
        "RecordType": "SpamComplaint",
        "ID": 42,
        "MessageID": "p1",
        "Email": "ada@example.org",
        "BouncedAt": "2026-03-01T12:00:00Z",
        "Type": "SpamComplaint",
    }
)


def configure(settings, name, *, webhook_key="", webhook_secret=""):
    provider = PROVIDERS[name]
    settings.MAIL_WEBHOOK_VIEW = provider.view
    settings.ANYMAIL = anymail_settings(
        provider,
        urlsplit(f"anymail+{name}:"),
        key="key",
        webhook_key=webhook_key,
        webhook_secret=webhook_secret,
        timeout=2,
    )


def signature(body):
    return base64.b64encode(KEY.sign(body.encode(), padding.PKCS1v15(), hashes.SHA1())).decode()  # noqa: S303  (Postal's)


def from_postal(client, body=POSTAL, *, signed_with=None):
    proof = signature(body) if signed_with is None else signed_with
    return client.post(PATH, body, content_type="application/json", headers={"X-Postal-Signature": proof})


def basic(credentials):
    return {"Authorization": "Basic " + base64.b64encode(credentials.encode()).decode()}


def reasons():
    return list(Suppression.objects.values_list("reason", flat=True))


def nothing_happened():
    return not DeliveryEvent.objects.exists() and not Suppression.objects.exists()


def test_report_with_the_right_signature_is_acted_on(client, settings):
    configure(settings, "postal", webhook_key=PUBLIC)

    response = from_postal(client)

    assert (response.status_code, response.content, dict(response.cookies)) == (200, b"", {})
    assert bytes(Suppression.objects.get().email_key) == email_key("ada@example.org")
    assert from_postal(client).status_code == 200
    assert DeliveryEvent.objects.count() == 1


@pytest.mark.parametrize("forged", ["", "x", "AAAA", signature(POSTAL.replace("ada", "bob"))])
def test_wrong_signature_is_refused_and_nothing_changed(client, settings, forged):
    configure(settings, "postal", webhook_key=PUBLIC)

    assert from_postal(client, signed_with=forged).status_code == 400
    assert nothing_happened()


def test_report_without_a_signature_is_refused(client, settings):
    configure(settings, "postal", webhook_key=PUBLIC)

    assert client.post(PATH, POSTAL, content_type="application/json").status_code == 400
    assert nothing_happened()


def mailgun(*, key="signing-key"):
    timestamp, token = "1700000000", "t"
    signed = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    data = {
        "event": "complained",
        "id": "e1",
        "timestamp": 1_700_000_000.5,
        "recipient": "ada@example.org",
        "message": {"headers": {"message-id": "x@mg"}},
        "user-variables": {},
    }
    return json.dumps({"signature": {"timestamp": timestamp, "token": token, "signature": signed}, "event-data": data})


def test_mailguns_signature_is_checked(client, settings):
    configure(settings, "mailgun", webhook_key="signing-key")

    assert client.post(PATH, mailgun(key="other"), content_type="application/json").status_code == 400
    assert nothing_happened()
    assert client.post(PATH, mailgun(), content_type="application/json").status_code == 200
    assert reasons() == ["complained"]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"signature": 7}', '{"signature": {"token": "é"}}', "\x00", '"x"'])
def test_nonsense_is_refused_and_breaks_nothing(client, settings, body):
    configure(settings, "mailgun", webhook_key="signing-key")

    assert client.post(PATH, body, content_type="application/json").status_code == 400
    assert nothing_happened()


@pytest.mark.parametrize("headers", [{}, basic("reports:wrong"), basic("other:" + SECRET.partition(":")[2])])
def test_provider_that_does_not_sign_must_know_the_secret(client, settings, headers):
    configure(settings, "postmark", webhook_secret=SECRET)

    refused = client.post(PATH, POSTMARK, content_type="application/json", headers=headers)
    assert refused.status_code == 400
    assert nothing_happened()
    taken = client.post(PATH, POSTMARK, content_type="application/json", headers=basic(SECRET))
    assert taken.status_code == 200
    assert reasons() == ["complained"]


def test_no_other_providers_report_is_read(client, settings):
    configure(settings, "postmark", webhook_secret=SECRET)

    assert from_postal(client).status_code == 400
    assert client.post("/anymail/postal/tracking/").status_code == 404
    assert nothing_happened()


def test_address_is_not_there_unless_reports_are_asked_for(client, settings):
    settings.MAIL_WEBHOOK_VIEW = None

    assert from_postal(client).status_code == 404
    assert client.head(PATH).status_code == 404


def test_looking_at_the_address_does_nothing(client, settings):
    configure(settings, "postal", webhook_key=PUBLIC)

    assert client.head(PATH).status_code == 200
    assert [client.get(PATH).status_code, client.put(PATH).status_code] == [405, 405]
