"""The link that ends mails for good: signed, not stored, and good for as long as the site keeps its index key.

Who holds one can stop mail to one person and do nothing else, which is why it need not run out: a mail
may be years old when somebody has had enough. It holds no address, and nothing that could be looked up
anywhere but here.
"""

import base64
import binascii
import hashlib
import hmac
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from supporters.crypto.keyring import current_keyring
from supporters.models import Purpose

EVERYTHING: Final = "everything"
"""For a mail that is sent for no purpose somebody agreed to: the link ends every one of them."""

ID_BYTES: Final = 16
MAC_BYTES: Final = 32


def unsubscribe_url(*, supporter_id: UUID, purpose: str) -> str:
    """Where a person ends the mails of ``purpose``, one of Purpose or EVERYTHING; always the same address."""
    return settings.PUBLIC_ORIGIN + reverse("supporters:unsubscribe", args=[make_token(supporter_id, purpose)])


def make_token(supporter_id: UUID, purpose: str) -> str:
    """64 characters: whose it is, and the proof that we made it for ``purpose``."""
    return base64.urlsafe_b64encode(supporter_id.bytes + _mac(supporter_id, purpose)).decode()


def read_token(token: str) -> tuple[UUID, str] | None:
    """Whom and what ``token`` is for; None unless we made it. Takes as long for a near miss as for any other."""
    try:
        raw = base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != ID_BYTES + MAC_BYTES:
        return None
    supporter_id, mac = UUID(bytes=raw[:ID_BYTES]), raw[ID_BYTES:]
    # All are compared, so that nothing shows which one it was.
    fitting = [
        purpose for purpose in (*Purpose.values, EVERYTHING) if hmac.compare_digest(mac, _mac(supporter_id, purpose))
    ]
    return (supporter_id, fitting[0]) if fitting else None


def _mac(supporter_id: UUID, purpose: str) -> bytes:
    return hmac.digest(current_keyring().index, f"unsubscribe|{purpose}|{supporter_id}".encode(), hashlib.sha256)
