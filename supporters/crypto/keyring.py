"""The keys that personal fields are locked with.

A keyring is a small JSON document, kept in a file or in the environment and never in the database:

    {"current": "k1", "encryption": {"k1": "<32 bytes, base64>"}, "index": "<32 bytes, base64>"}

``encryption`` holds every key that some row may still be locked with; ``current`` names the one
new values are locked with. ``index`` keys the blind index, and cannot be rotated without every
address in clear, so it stands apart.
"""

import base64
import binascii
import json
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
MAX_KEY_ID_LENGTH = 16


class MissingKey(Exception):
    """A value is locked with a key that the keyring does not hold."""


@dataclass(frozen=True)
class Keyring:
    """Every encryption key by its id, the id of the current one, and the blind-index key."""

    current: str
    encryption: dict[str, bytes]
    index: bytes

    @cached_property
    def ciphers(self) -> dict[str, AESGCM]:
        return {key_id: AESGCM(key) for key_id, key in self.encryption.items()}

    def cipher(self, key_id: str) -> AESGCM:
        """The cipher for ``key_id``; raises MissingKey rather than guess."""
        try:
            return self.ciphers[key_id]
        except KeyError:
            raise MissingKey(f"No encryption key with the id {key_id!r} is configured.") from None

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        """A keyring from its JSON text; raises ImproperlyConfigured with what is wrong, never a key."""
        try:
            document = json.loads(text)
            keyring = cls(
                current=document["current"],
                encryption={key_id: _decode(key) for key_id, key in document["encryption"].items()},
                index=_decode(document["index"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            # "from None": the parser's own message may quote the text, and the text is secret.
            raise ImproperlyConfigured(
                "The keyring is not valid: it must be JSON with 'current', 'encryption' and 'index', "
                f"each key {KEY_BYTES} bytes in base64."
            ) from None
        if keyring.current not in keyring.encryption:
            raise ImproperlyConfigured("The keyring's 'current' names a key that it does not hold.")
        if not all(key_id.isascii() and 0 < len(key_id) <= MAX_KEY_ID_LENGTH for key_id in keyring.encryption):
            raise ImproperlyConfigured(f"Key ids in the keyring must be 1 to {MAX_KEY_ID_LENGTH} ASCII characters.")
        return keyring

    def dump(self) -> str:
        """The JSON text that `parse` reads."""
        return json.dumps(
            {
                "current": self.current,
                "encryption": {key_id: _encode(key) for key_id, key in self.encryption.items()},
                "index": _encode(self.index),
            },
            indent=1,
        )

    def with_new_key(self) -> "Keyring":
        """The same keyring with one more encryption key, made current; old values stay readable."""
        number = len(self.encryption) + 1
        while f"k{number}" in self.encryption:
            number += 1
        key_id = f"k{number}"
        return Keyring(
            current=key_id,
            encryption={**self.encryption, key_id: secrets.token_bytes(KEY_BYTES)},
            index=self.index,
        )


def new_keyring() -> Keyring:
    """A keyring of fresh random keys."""
    return Keyring(
        current="k1",
        encryption={"k1": secrets.token_bytes(KEY_BYTES)},
        index=secrets.token_bytes(KEY_BYTES),
    )


def generate_keyring(path: Path) -> bool:
    """Write a new keyring to ``path``, readable by its owner alone; False if one is there already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w") as file:
        file.write(new_keyring().dump())
    return True


def replace_keyring(path: Path, keyring: Keyring) -> None:
    """Put ``keyring`` in the place of the file at ``path``, all at once, still readable by its owner alone."""
    owner = path.stat()
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(keyring.dump())
            file.flush()
            os.fsync(file.fileno())
        if os.geteuid() == 0:
            os.chown(unfinished, owner.st_uid, owner.st_gid)
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


_keyrings: dict[str, Keyring] = {}


def current_keyring() -> Keyring:
    """The keyring that the settings name, parsed once a process (again when tests change it)."""
    text = settings.KEYRING
    if text not in _keyrings:
        _keyrings.clear()
        _keyrings[text] = Keyring.parse(text)
    return _keyrings[text]


def _decode(key: str) -> bytes:
    try:
        raw = base64.b64decode(key, validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None
    if len(raw) != KEY_BYTES:
        raise ValueError("wrong length")
    return raw


def _encode(key: bytes) -> str:
    return base64.b64encode(key).decode()
