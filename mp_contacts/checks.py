"""System checks: letters go to members only where the operator has said so, and anywhere else to the operator."""

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any, Final

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from mp_contacts.delivery.reflecting import CONSENT, reaches_members

# RFC 2606: domains that nobody has; mail to them would be lost, or wait for days.
NOBODYS: Final = ("example.com", "example.net", "example.org", "invalid", "localhost", "test")
PARLIAMENT: Final = ("parliament.uk",)


@register(Tags.security)
def members_are_reached_on_purpose(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """E001: LETTERS_TO_MEMBERS that is nearly right would send every letter elsewhere, and nobody would notice."""
    if settings.LETTERS_TO_MEMBERS in {"", CONSENT}:
        return []
    return [
        Error(
            "LETTERS_TO_MEMBERS says something that is not understood, and no letter would reach a member.",
            hint=f"Set it to the words '{CONSENT}', exactly, or remove it.",
            id="mp_contacts.E001",
        )
    ]


@register(Tags.security)
def letters_have_somewhere_to_go(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """E002: where letters do not go to members they go to an address of the operator's own, and there must be one."""
    if reaches_members():
        return []
    trouble = _trouble_with(settings.LETTERS_REFLECT_TO)
    if not trouble:
        return []
    return [
        Error(
            f"Letters do not go to members here, and LETTERS_REFLECT_TO {trouble}.",
            hint="Set LETTERS_REFLECT_TO to a mailbox of your own. To send letters to members of Parliament, set "
            f"ENVIRONMENT=production and LETTERS_TO_MEMBERS to the words '{CONSENT}'.",
            id="mp_contacts.E002",
        )
    ]


def _trouble_with(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        return "is no e-mail address"
    domain = parseaddr(address)[1].rpartition("@")[2].lower()
    if _is_within(domain, PARLIAMENT):
        return "is an address at Parliament"
    if settings.IS_PRODUCTION and _is_within(domain, NOBODYS):
        return "is nobody's address"
    return ""


def _is_within(domain: str, names: Sequence[str]) -> bool:
    return any(domain == name or domain.endswith(f".{name}") for name in names)
