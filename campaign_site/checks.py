"""System checks that keep an unsafe production from starting.

Settings already insist on their variables; these catch values that parse and are still wrong. They hold for
`ENVIRONMENT=production` only, but for the two about a mail provider. The heartbeat is asked by
`check --deploy --database default`.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from supporters.crypto.keyring import Keyring

NOT_FOR_PRODUCTION: Final = frozenset(
    {
        "campaign_site.mail.eml.EmlBackend",
        "django.core.mail.backends.console.EmailBackend",
        "django.core.mail.backends.dummy.EmailBackend",
        "django.core.mail.backends.filebased.EmailBackend",
        "django.core.mail.backends.locmem.EmailBackend",
    }
)
SHORTEST_SECRET: Final = 50
"""Characters; Django's own floor for a key it calls safe."""
SHORTEST_PASSWORD: Final = 20
"""Characters, of the password a mail provider shows with its reports; nobody has to remember it."""

Apps = Sequence[AppConfig] | None


@register(Tags.security)
def keys_are_set(app_configs: Apps, **_options: Any) -> list[CheckMessage]:
    """E001: production needs a keyring that parses; E002: and a long secret key."""
    if not settings.IS_PRODUCTION:
        return []
    found: list[CheckMessage] = []
    try:
        Keyring.parse(settings.KEYRING)
    except ImproperlyConfigured as error:
        found.append(
            Error(
                f"Personal data cannot be encrypted: {error}",
                hint="Set KEYRING_FILE to a file made by `bin/new-keyring`, and keep a copy of it apart.",
                id="parasol.E001",
            )
        )
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        found.append(
            Error(
                "SECRET_KEY is too short.",
                hint=f"Set it to {SHORTEST_SECRET} random characters or more.",
                id="parasol.E002",
            )
        )
    return found


@register(Tags.security)
def hosts_are_named(app_configs: Apps, **_options: Any) -> list[CheckMessage]:
    """E003: with a wildcard or an empty name a stranger's Host header would be believed."""
    hosts = settings.ALLOWED_HOSTS
    if not settings.IS_PRODUCTION or (hosts and all(host and not host.startswith(("*", ".")) for host in hosts)):
        return []
    return [
        Error(
            "ALLOWED_HOSTS is empty or holds a wildcard.",
            hint="Name each host: PUBLIC_ORIGIN for the site itself, EXTRA_HOSTS for others.",
            id="parasol.E003",
        )
    ]


@register(Tags.security)
def mail_is_sent(app_configs: Apps, **_options: Any) -> list[CheckMessage]:
    """E004: a production whose mail goes nowhere would take signatures that nobody can confirm."""
    if not settings.IS_PRODUCTION or settings.EMAIL_BACKEND not in NOT_FOR_PRODUCTION:
        return []
    return [
        Error(
            f"Mail is not sent: {settings.EMAIL_BACKEND} is for development.",
            hint="Set EMAIL_URL to an SMTP server, such as smtp+tls://user:password@host:587.",
            id="parasol.E004",
        )
    ]


@register(Tags.security)
def mail_provider_has_its_key(app_configs: Apps, **_options: Any) -> list[CheckMessage]:
    """E008: a provider refuses every mail that comes without the key it gave out."""
    provider = settings.MAIL_PROVIDER
    if provider is None or settings.MAIL_API_KEY:
        return []
    return [
        Error(
            f"EMAIL_URL names {provider.name}, and MAIL_API_KEY is empty.",
            hint="Set MAIL_API_KEY to the key for sending that the provider gave you.",
            id="parasol.E008",
        )
    ]


@register(Tags.security)
def mail_reports_are_verified(app_configs: Apps, **_options: Any) -> list[CheckMessage]:
    """E009: a forged report of a bounce would silence anybody; in development as well."""
    if not settings.MAIL_WEBHOOKS:
        return []
    provider = settings.MAIL_PROVIDER
    if provider is None or provider.view is None:
        message, hint = (
            "MAIL_WEBHOOKS is on, and EMAIL_URL names nobody whose reports can be read.",
            "Remove MAIL_WEBHOOKS, or name a provider that reports; .env.example lists them.",
        )
    elif provider.signs_reports and not settings.MAIL_WEBHOOK_KEY:
        message, hint = (
            f"MAIL_WEBHOOKS is on, and {provider.name}'s reports cannot be told from forged ones.",
            "Set MAIL_WEBHOOK_KEY to what the provider signs its reports with.",
        )
    elif not provider.signs_reports and not _is_good_secret(settings.MAIL_WEBHOOK_SECRET):
        message, hint = (
            f"MAIL_WEBHOOKS is on, and {provider.name}'s reports cannot be told from forged ones.",
            f"Set MAIL_WEBHOOK_SECRET to name:password, the password {SHORTEST_PASSWORD} characters or more.",
        )
    else:
        return []
    return [Error(message, hint=hint, id="parasol.E009")]


def _is_good_secret(secret: str) -> bool:
    name, _, password = secret.partition(":")
    return bool(name) and len(password) >= SHORTEST_PASSWORD


@register(Tags.security)
def errors_are_private(app_configs: Apps, **_options: Any) -> list[CheckMessage]:
    """E005: Django's error pages show settings and what people typed."""
    if not (settings.IS_PRODUCTION and settings.DEBUG):
        return []
    return [Error("DEBUG is on in production.", hint="Remove DEBUG from the environment.", id="parasol.E005")]


@register(Tags.security)
def origin_is_https(app_configs: Apps, **_options: Any) -> list[CheckMessage]:
    """E006: every link in a mail begins with the public origin."""
    if not settings.IS_PRODUCTION or urlsplit(settings.PUBLIC_ORIGIN).scheme == "https":
        return []
    return [
        Error(
            "PUBLIC_ORIGIN does not begin with https://.",
            hint="Set it to the address people type, such as https://campaign.example.",
            id="parasol.E006",
        )
    ]


@register(Tags.database, deploy=True)
def worker_beats(app_configs: Apps, databases: Iterable[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """E007: without a worker no mail leaves and nothing is counted."""
    if not databases:
        return []
    from campaign_site.health import worker_is_alive  # noqa: PLC0415  (models are not loaded when checks register)

    try:
        alive = worker_is_alive()
    except DatabaseError:
        alive = False
    if alive:
        return []
    return [
        Error(
            "No worker has given a sign of life within the last minute.",
            hint="Start one with `python manage.py worker`, and see to it that it is started again when it ends.",
            id="parasol.E007",
        )
    ]
