"""One encrypted value: which key locked it, and which cell of the database it belongs to.

Layout, in bytes: version (1) · key-id length (1) · key id · nonce (12) · AES-256-GCM ciphertext and
tag. The cell (table, column, row) is authenticated with the value, so a value copied to another
person's row does not open there. GCM per NIST SP 800-38D, with a random 96-bit nonce.
"""

import os

from cryptography.exceptions import InvalidTag

from supporters.crypto.keyring import Keyring

VERSION = 1
NONCE_BYTES = 12


class TamperedValue(Exception):
    """The stored bytes were changed, cut, or moved from another cell."""


def seal(plaintext: str, *, cell: bytes, keyring: Keyring) -> bytes:
    """``plaintext`` locked with the current key and bound to ``cell``."""
    key_id = keyring.current.encode()
    header = bytes((VERSION, len(key_id))) + key_id
    nonce = os.urandom(NONCE_BYTES)
    return header + nonce + keyring.cipher(keyring.current).encrypt(nonce, plaintext.encode(), header + cell)


def unseal(envelope: bytes, *, cell: bytes, keyring: Keyring) -> str:
    """The text in ``envelope``; raises TamperedValue or MissingKey, never returns something else."""
    key_id = key_id_of(envelope)
    header_length = 2 + len(key_id)
    header, rest = envelope[:header_length], envelope[header_length:]
    nonce, ciphertext = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    try:
        return keyring.cipher(key_id).decrypt(nonce, ciphertext, header + cell).decode()
    except (InvalidTag, ValueError):
        raise TamperedValue("A stored personal value does not belong where it was found.") from None


def key_id_of(envelope: bytes) -> str:
    """The id of the key that locked ``envelope``."""
    if len(envelope) < 2 or envelope[0] != VERSION:
        raise TamperedValue("A stored personal value has no valid envelope.")
    raw = envelope[2 : 2 + envelope[1]]
    try:
        return raw.decode("ascii")
    except UnicodeDecodeError:
        raise TamperedValue("A stored personal value has no valid envelope.") from None


def key_id_prefix(key_id: str) -> bytes:
    """The first bytes of every envelope locked with ``key_id``; lets SQL find what is left to rotate."""
    raw = key_id.encode()
    return bytes((VERSION, len(raw))) + raw


def cell_name(table: str, column: str, row: object) -> bytes:
    """The authenticated name of one cell, for example ``supporters_supporter|email|6f1c…``."""
    return f"{table}|{column}|{row}".encode()
