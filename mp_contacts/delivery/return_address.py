"""The address that tells the bounces of one letter from those of every other: its envelope sender (RFC 5321)."""

import base64
import re
import secrets
from email.utils import parseaddr
from typing import Final

from django.conf import settings

from mp_contacts.models import Letter

LOCAL_PART: Final = "letters"
# 16 random bytes in letters that survive a server which writes addresses in capitals.
TOKEN: Final = re.compile(r"[a-z2-7]{26}")
RETURN_LOCAL_PART: Final = re.compile(rf"{LOCAL_PART}\+({TOKEN.pattern})", re.IGNORECASE)


def new_token() -> str:
    """A token for one handing over of one letter, for ``Letter.return_token``: 128 random bits in 26 characters."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def our_domain() -> str:
    """The domain we send from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def return_address(letter: Letter) -> str:
    """Where the bounces of ``letter`` go, such as ``letters+<token>@mail.example``.

    Raises ValueError when the letter has no token: one without would be lost if it failed.
    """
    if not TOKEN.fullmatch(letter.return_token):
        raise ValueError("A letter needs a return token before it is sent.")
    return f"{LOCAL_PART}+{letter.return_token}@{our_domain()}"


def token_in(address: str) -> str:
    """The token in a return address of ours; empty when ``address`` is not one."""
    local, _, domain = address.strip().strip("<>").rpartition("@")
    match = RETURN_LOCAL_PART.fullmatch(local)
    return match.group(1).lower() if match and domain.lower() == our_domain().lower() else ""
