"""Who counts as the same person: keyed hashes of an address, never the address itself.

A blind index is HMAC-SHA-256 of a normalised address under a key that is not in the database. It
tells that two rows belong to one address, and nothing more to whoever holds only the database.
"""

import hashlib
import hmac
import re
import unicodedata

import idna

from supporters.crypto.keyring import current_keyring
from supporters.phones import normalise_phone

# Mail providers that ignore dots in the local part; used for limits only, never to merge people.
# Source: Google's help page "Dots don't matter in Gmail addresses".
DOTS_IGNORED_BY = frozenset({"gmail.com", "googlemail.com"})


# The unquoted form of RFC 5321; what needs quoting, or hides a second address, is nobody's real mailbox.
LOCAL_PART = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+", re.IGNORECASE | re.ASCII)
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


def deliverable_address(address: str) -> str:
    """``address`` as mail is sent to it: NFKC, the domain in lower-case IDNA ASCII form (UTS 46, RFC 5891).

    Mail goes to exactly what people are known by, or one mailbox could pass for many. Raises
    ValueError for what is not one plain address after that.
    """
    local, _, domain = unicodedata.normalize("NFKC", address).strip().rpartition("@")
    domain = domain.lower().rstrip(".")
    if domain and not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode()
        except idna.IDNAError:
            raise ValueError("The domain of this e-mail address is not valid.") from None
    if not (LOCAL_PART.fullmatch(local) and DOMAIN.fullmatch(domain)):
        raise ValueError("An e-mail address needs a name, an @ and a domain.")
    return f"{local}@{domain}"


def normalise_address(address: str) -> str:
    """What a person is known by: the deliverable address in lower case; raises ValueError as that does."""
    return deliverable_address(address).lower()


def canonical_address(address: str) -> str:
    """The mailbox behind known aliases (plus-tags, dots at some providers), for limits only."""
    local, _, domain = normalise_address(address).rpartition("@")
    local = local.partition("+")[0] or local
    if domain in DOTS_IGNORED_BY:
        return f"{local.replace('.', '') or local}@gmail.com"
    return f"{local}@{domain}"


def email_key(address: str) -> bytes:
    """The 32-byte blind index that a supporter is known by, on every page and for ever."""
    return _keyed("email", normalise_address(address))


def mailbox_key(address: str) -> bytes:
    """The 32-byte keyed hash that mail limits count by: all aliases of one mailbox share it."""
    return _keyed("mailbox", canonical_address(address))


def name_key(name: str) -> bytes | None:
    """The blind index of a full name, whatever its case, accents and spacing; None for no name."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    folded = " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())
    return _keyed("name", folded) if folded else None


def phone_key(phone: str) -> bytes | None:
    """The blind index of a phone number, in whatever form it was typed; None for no number."""
    try:
        number = normalise_phone(phone)
    except ValueError:
        # No number that rings, but still the same text each time.
        number = "".join(character for character in phone if character.isdigit())
    return _keyed("phone", number) if number else None


def postcode_key(postcode: str) -> bytes | None:
    """The blind index of a postcode, whatever its case and spacing; None for no postcode."""
    letters = "".join(postcode.split()).upper()
    return _keyed("postcode", letters) if letters else None


def person_key(*, page_id: int, address: str, slot: int = 1) -> bytes:
    """The 32-byte key that lets a person act once on one page, and cannot be compared across pages.

    ``slot`` is 2 for the second member of a household that shares an address.
    """
    return _keyed(f"person|{page_id}|{slot}", normalise_address(address))


def _keyed(purpose: str, text: str) -> bytes:
    return hmac.digest(current_keyring().index, f"{purpose}|{text}".encode(), hashlib.sha256)
