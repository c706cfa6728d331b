"""No token of a link in a mail reaches a log."""

import io
import logging
import secrets
from typing import Any

import pytest
from django.conf import settings

from campaign_site.log_scrubbing import WithoutTokens


@pytest.fixture
def written():
    """What the site's own console handler writes, caught in a text."""
    (console,) = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    text = io.StringIO()
    before = console.setStream(text)
    yield text
    console.setStream(before)


def test_every_handler_scrubs():
    handlers: dict[str, dict[str, Any]] = settings.LOGGING["handlers"]
    assert handlers
    for handler in handlers.values():
        assert "without_tokens" in handler["filters"]


@pytest.mark.django_db
def test_failed_request_for_a_link_is_logged_without_its_token(client, written):
    token = secrets.token_urlsafe(32)

    client.get(f"/links/{token}/")

    assert "Not Found: /links/…/" in written.getvalue()
    assert token not in written.getvalue()


@pytest.mark.parametrize("path", ["/links/open/", "/petitions/7/sign/", "/links/"])
def test_other_addresses_are_left_as_they_are(path):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", (path,), None)

    assert WithoutTokens().filter(record)
    assert record.getMessage() == f"Not Found: {path}"
