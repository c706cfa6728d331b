"""Each check by its id: silent on a safe production, loud on an unsafe one, silent in development."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks
from django.utils import timezone

from campaign_site.mail.providers import PROVIDERS
from supporters.crypto.keyring import new_keyring
from supporters.models import WorkerHeartbeat

SAFE: dict[str, Any] = {
    "IS_PRODUCTION": True,
    "DEBUG": False,
    "SECRET_KEY": "k" * 60,
    "KEYRING": new_keyring().dump(),
    "ALLOWED_HOSTS": ["campaign.example"],
    "PUBLIC_ORIGIN": "https://campaign.example",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "MAIL_PROVIDER": None,
    "MAIL_API_KEY": "",
    "MAIL_WEBHOOKS": False,
    "MAIL_WEBHOOK_KEY": "",
    "MAIL_WEBHOOK_SECRET": "",
}


@pytest.fixture
def production(settings: LazySettings) -> LazySettings:
    for name, value in SAFE.items():
        setattr(settings, name, value)
    return settings


def found() -> set[str]:
    messages = [message for message in run_checks(tags=["security"]) if str(message.id).startswith("parasol.")]
    assert all(message.hint and message.is_serious() for message in messages)
    return {str(message.id) for message in messages}


def test_a_safe_production_passes(production: LazySettings) -> None:
    assert found() == set()


@pytest.mark.parametrize(
    ("identifier", "name", "value"),
    [
        pytest.param("parasol.E001", "KEYRING", "", id="E001-no-keyring"),
        pytest.param("parasol.E001", "KEYRING", '{"current": "k1"}', id="E001-broken-keyring"),
        pytest.param("parasol.E002", "SECRET_KEY", "short", id="E002-short-secret"),
        pytest.param("parasol.E003", "ALLOWED_HOSTS", [], id="E003-no-hosts"),
        pytest.param("parasol.E003", "ALLOWED_HOSTS", ["campaign.example", "*"], id="E003-wildcard"),
        pytest.param("parasol.E003", "ALLOWED_HOSTS", [".example"], id="E003-every-subdomain"),
        pytest.param("parasol.E003", "ALLOWED_HOSTS", [""], id="E003-empty-host"),
        pytest.param("parasol.E004", "EMAIL_BACKEND", "campaign_site.mail.eml.EmlBackend", id="E004-eml"),
        pytest.param(
            "parasol.E004", "EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", id="E004-console"
        ),
        pytest.param(
            "parasol.E004", "EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend", id="E004-locmem"
        ),
        pytest.param("parasol.E005", "DEBUG", True, id="E005-debug"),
        pytest.param("parasol.E006", "PUBLIC_ORIGIN", "http://campaign.example", id="E006-http"),
    ],
)
def test_an_unsafe_production_is_refused(production: LazySettings, identifier: str, name: str, value: object) -> None:
    setattr(production, name, value)
    assert found() == {identifier}
    production.IS_PRODUCTION = False
    assert found() == set(), "development may do as it likes"


@pytest.mark.parametrize("is_production", [True, False])
@pytest.mark.parametrize(
    ("provider", "secrets", "expected"),
    [
        pytest.param("postal", {"MAIL_WEBHOOK_KEY": "k"}, set(), id="signed"),
        pytest.param("postmark", {"MAIL_WEBHOOK_SECRET": "reports:" + "x" * 20}, set(), id="shared-secret"),
        pytest.param("postal", {}, {"parasol.E009"}, id="E009-nothing-to-check-the-signature-by"),
        pytest.param("postal", {"MAIL_WEBHOOK_SECRET": "reports:" + "x" * 20}, {"parasol.E009"}, id="E009-other-one"),
        pytest.param("postmark", {}, {"parasol.E009"}, id="E009-no-secret"),
        pytest.param("postmark", {"MAIL_WEBHOOK_SECRET": "x" * 40}, {"parasol.E009"}, id="E009-no-name"),
        pytest.param("postmark", {"MAIL_WEBHOOK_SECRET": "reports:short"}, {"parasol.E009"}, id="E009-short"),
        pytest.param("scaleway", {"MAIL_WEBHOOK_KEY": "k"}, {"parasol.E009"}, id="E009-reports-nobody-reads"),
        pytest.param(None, {"MAIL_WEBHOOK_KEY": "k"}, {"parasol.E009"}, id="E009-mail-server"),
        pytest.param("postal", {"MAIL_WEBHOOKS": False, "MAIL_API_KEY": ""}, {"parasol.E008"}, id="E008-no-key"),
    ],
)
def test_a_mail_provider_is_not_believed_without_proof(
    production: LazySettings, is_production: bool, provider: str | None, secrets: dict[str, Any], expected: set[str]
) -> None:
    about = {"MAIL_PROVIDER": PROVIDERS.get(provider or ""), "MAIL_API_KEY": "key", "MAIL_WEBHOOKS": True, **secrets}
    for name, value in {**about, "IS_PRODUCTION": is_production}.items():
        setattr(production, name, value)
    assert found() == expected


def test_a_broken_keyring_is_reported_without_its_keys(production: LazySettings) -> None:
    production.KEYRING = production.KEYRING[:-5]
    [message] = [message for message in run_checks(tags=["security"]) if message.id == "parasol.E001"]
    assert production.KEYRING[40:60] not in str(message)


def heartbeat_errors(databases: list[str] | None) -> list[str]:
    messages = run_checks(tags=["database"], include_deployment_checks=True, databases=databases)
    return [str(message.id) for message in messages if str(message.id).startswith("parasol.")]


@pytest.mark.django_db
def test_e007_a_deployment_without_a_worker_is_refused() -> None:
    assert heartbeat_errors(["default"]) == ["parasol.E007"]
    WorkerHeartbeat.objects.create(name="outbox", beat_at=timezone.now() - timedelta(seconds=5))
    assert heartbeat_errors(["default"]) == []


def test_e007_asks_the_database_only_when_told_to() -> None:
    assert heartbeat_errors(None) == []
