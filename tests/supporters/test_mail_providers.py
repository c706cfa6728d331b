"""What goes over the wire to each mail provider that can be named in EMAIL_URL."""

from urllib.parse import urlsplit

import pytest
from django.core.mail import get_connection
from django.utils.module_loading import import_string

from campaign_site.mail.providers import PROVIDERS, anymail_settings, provider_in
from supporters.delivery import Sender
from supporters.mails import Mail, mail_writer
from supporters.models import Message, MessageState
from tests.supporters.http_provider import ID, HttpProvider
from tests.supporters.mail_kinds import CONTEXT, queued

pytestmark = pytest.mark.django_db

UNASKED = "test_unasked"
UNSUBSCRIBE = "https://campaign.example/unsubscribe/0/"
# These cannot be told with each mail: whether they track is set in the account there.
TRACKS_BY_ACCOUNT = {"brevo", "mailtrap", "postal", "scaleway"}
# How each of the others is told.
TRACKING_OFF = {
    "mailersend": ['"track_clicks": false', '"track_opens": false'],
    "mailgun": ["o:tracking-clicks=no", "o:tracking-opens=no"],
    "postmark": ['"TrackOpens": false', '"TrackLinks": "None"'],
    "sparkpost": ['"open_tracking": false', '"click_tracking": false'],
}
# Hand nothing back; their reports find the message by the provider's own number for it.
NO_METADATA = {"mailersend", "postal"}


@mail_writer(UNASKED)
def unasked(message: Message) -> Mail:
    return Mail(template="petitions/already_signed", context=CONTEXT, language="en", unsubscribe_url=UNSUBSCRIBE)


@pytest.fixture(params=sorted(PROVIDERS))
def provider(request, settings):
    server = HttpProvider(request.param)
    url = urlsplit(f"anymail+{request.param}:?api_url={server.url}&project_id=7")
    found = provider_in(url)
    settings.EMAIL_BACKEND = found.backend
    settings.ANYMAIL = anymail_settings(found, url, key="secret", webhook_key="w", webhook_secret="", timeout=2)
    yield request.param, server
    server.close()


def sent(provider):
    _, server = provider
    message = queued(kind=UNASKED)
    sender = Sender(connect=get_connection)
    sender.send_due()
    sender.hang_up()
    message.refresh_from_db()
    return message, server.bodies


def test_mail_is_handed_over_and_the_providers_number_for_it_kept(provider):
    message, bodies = sent(provider)

    assert len(bodies) == 1
    assert (message.state, message.recipient, message.provider_id) == (MessageState.SENT, "", ID)


def test_one_press_unsubscribing_is_offered_over_http_too(provider):
    _, (body,) = sent(provider)

    assert UNSUBSCRIBE in body
    assert "List-Unsubscribe=One-Click" in body


def test_nothing_is_tracked(provider):
    name, _ = provider
    _, (body,) = sent(provider)

    assert (name in TRACKING_OFF) is not (name in TRACKS_BY_ACCOUNT)
    for switch in TRACKING_OFF.get(name, []):
        assert switch in body


def test_the_provider_learns_the_messages_number_and_no_more(provider):
    name, _ = provider
    message, (body,) = sent(provider)

    # Once as our Message-ID, without dashes, and once to be handed back with reports.
    assert body.count(str(message.pk)) == (0 if name in NO_METADATA else 1), body
    assert str(message.subject_id) not in body
    assert message.kind not in body


def test_provider_that_refuses_for_now_is_asked_again(provider):
    _, server = provider
    server.status, server.answer = 503, {"message": "ada@example.org, come back later"}

    message, _ = sent(provider)

    assert (message.state, message.attempts, message.provider_id) == (MessageState.QUEUED, 1, "")


def test_no_log_line_of_a_refusal_holds_an_address(provider, caplog):
    _, server = provider
    server.status, server.answer = 400, {"message": "ada@example.org is not one of ours"}

    sent(provider)

    assert caplog.records
    assert "ada@" not in caplog.text


def test_unknown_provider_stops_the_start_with_the_known_ones():
    with pytest.raises(ValueError, match="brevo, mailersend"):
        provider_in(urlsplit("anymail+sendwell:"))


def test_mail_server_is_no_provider():
    assert provider_in(urlsplit("smtp+tls://user:password@mail.example:587")) is None


@pytest.mark.parametrize("provider", PROVIDERS.values(), ids=str)
def test_every_view_of_reports_exists_and_signs_as_we_say(provider, settings):
    if provider.view is None:
        return
    settings.ANYMAIL = anymail_settings(
        provider, urlsplit("anymail+x:"), key="k", webhook_key="w", webhook_secret="n:p", timeout=2
    )
    view = import_string(provider.view)()
    assert view.warn_if_no_basic_auth is not provider.signs_reports
