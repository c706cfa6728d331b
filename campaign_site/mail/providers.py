"""Mail providers that can be named in EMAIL_URL instead of an SMTP server: `anymail+<provider>:`.

What is no secret follows as a query, named as django-anymail names it without the provider:
`anymail+postal:?api_url=https://postal.example/` or `anymail+mailgun:?sender_domain=mg.example`. The
secrets are variables of their own, so that the address can be shown to anybody.
"""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl


@dataclass(frozen=True)
class Provider:
    """How django-anymail speaks to one provider.

    ``key`` and ``webhook_key`` are what it calls the two secrets. With no ``webhook_key`` the provider
    does not sign its reports, and only a name and password in the address it calls can show that a
    report is its own. ``view`` is None when anymail cannot read its reports at all.
    """

    name: str
    key: str
    view: str | None
    webhook_key: str | None = None

    @property
    def backend(self) -> str:
        return f"anymail.backends.{self.name}.EmailBackend"

    @property
    def signs_reports(self) -> bool:
        return self.webhook_key is not None


def _provider(name: str, key: str, view: str = "", webhook_key: str | None = None) -> Provider:
    path = f"anymail.webhooks.{name}.{view}TrackingWebhookView" if view else None
    return Provider(name=name, key=key, view=path, webhook_key=webhook_key)


# Left out: those that need a package of their own (Amazon SES, Resend), two keys (Mailjet), or that
# anymail no longer supports (SendGrid, Mandrill).
PROVIDERS: Final = {
    provider.name: provider
    for provider in (
        _provider("brevo", "API_KEY", "Brevo"),
        _provider("mailersend", "API_TOKEN", "MailerSend", "SIGNING_SECRET"),
        _provider("mailgun", "API_KEY", "Mailgun", "WEBHOOK_SIGNING_KEY"),
        _provider("mailtrap", "API_TOKEN", "Mailtrap", "TRACKING_SECRET"),
        _provider("postal", "API_KEY", "Postal", "WEBHOOK_KEY"),
        _provider("postmark", "SERVER_TOKEN", "Postmark"),
        _provider("scaleway", "SECRET_KEY"),
        _provider("sparkpost", "API_KEY", "SparkPost"),
    )
}

PREFIX: Final = "anymail+"


def provider_in(url: SplitResult) -> Provider | None:
    """The provider that EMAIL_URL names; None for a mail server. Raises ValueError for one nobody knows."""
    if not url.scheme.startswith(PREFIX):
        return None
    name = url.scheme.removeprefix(PREFIX)
    if name not in PROVIDERS:
        raise ValueError(f"EMAIL_URL names the mail provider {name!r}; known are {', '.join(sorted(PROVIDERS))}.")
    return PROVIDERS[name]


def anymail_settings(
    provider: Provider, url: SplitResult, *, key: str, webhook_key: str, webhook_secret: str, timeout: int
) -> dict[str, Any]:
    """django-anymail's own settings. Nothing in a mail tells anybody that it was opened, or which link was followed."""
    prefix = provider.name.upper()
    found: dict[str, Any] = {
        # A provider that cannot switch tracking off with each mail has it switched off in its own settings.
        "IGNORE_UNSUPPORTED_FEATURES": True,
        "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False},
        "REQUESTS_TIMEOUT": timeout,
        f"{prefix}_{provider.key}": key,
    }
    if provider.webhook_key and webhook_key:
        found[f"{prefix}_{provider.webhook_key}"] = webhook_key
    if webhook_secret:
        found["WEBHOOK_SECRET"] = webhook_secret
    return found | {f"{prefix}_{name.upper()}": value for name, value in parse_qsl(url.query)}
