"""Making tokens, and finding what a token is for."""

import hashlib
import re
import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_noop

from supporters.models import Link
from supporters.retention import retention_rule

TOKEN_BYTES = 32
# 32 bytes in URL-safe base64 without padding are always 43 characters.
TOKEN_IN_LINK = re.compile(r"/links/([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])")


def mint_link(*, purpose: str, subject_id: UUID, lifetime: timedelta) -> str:
    """A new link that lets its holder do ``purpose`` to ``subject_id`` until ``lifetime`` has passed.

    The token is 256 random bits and exists only in the address returned; a fast hash is enough to
    store it by, because nobody can search that space. The address begins with the configured origin,
    never with the Host of some request.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    Link.objects.create(token_hash=_hash(token), purpose=purpose, subject_id=subject_id, expires_at=Now() + lifetime)
    return settings.PUBLIC_ORIGIN + reverse("supporters:link_arrival", args=[token])


def find_link(token: str) -> Link | None:
    """The link that ``token`` opens; None alike for one that never was, expired or was forgotten."""
    return Link.objects.filter(token_hash=_hash(token), expires_at__gt=Now()).first()


def token_in(pasted: str) -> str:
    """The token in an address that somebody copied from a mail, or the empty text."""
    # Mail programs and people break long addresses over lines.
    match = TOKEN_IN_LINK.search("".join(pasted.split()))
    return match.group(1) if match else ""


@retention_rule(
    "supporters.links",
    what=gettext_noop("Which links in our mails still work"),
    fields=("supporters.Link.token_hash",),
    until=gettext_noop("the link expires"),
)
def forget_expired_links() -> int:
    """Delete the links whose time is over; how many there were."""
    deleted, _ = Link.objects.filter(expires_at__lt=Now()).delete()
    return deleted


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
