"""Files of people's data, locked while they lie on a disk.

A file is cut into chunks, each sealed by AES-256-GCM under a random key of the file's own, with its number
and whether it is the last one in the nonce: chunks cannot be swapped, dropped or added unnoticed (the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). Deleting the key deletes the file, wherever
copies of it are.
"""

import base64
import os
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from supporters.crypto.envelope import TamperedValue

KEY_BYTES: Final = 32
CHUNK: Final = 64 * 1024
TAG_BYTES: Final = 16


class Readable(Protocol):
    """Anything that is read as a file is."""

    def read(self, size: int, /) -> bytes: ...


def new_file_key() -> str:
    """A random key for one file, as text for an encrypted field."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def lock_stream(plain: Iterable[bytes], *, key: str) -> Iterator[bytes]:
    """The sealed chunks of ``plain``, however it comes in pieces. A key must be used for one file only."""
    cipher = AESGCM(base64.b64decode(key))
    waiting = bytearray()
    number = 0
    for piece in plain:
        waiting += piece
        # One chunk stays back: only the end tells which one is the last.
        while len(waiting) > CHUNK:
            yield cipher.encrypt(chunk_nonce(number, is_last=False), bytes(waiting[:CHUNK]), None)
            del waiting[:CHUNK]
            number += 1
    yield cipher.encrypt(chunk_nonce(number, is_last=True), bytes(waiting), None)


def unlock_stream(locked: Readable, *, key: str) -> Iterator[bytes]:
    """What `lock_stream` was given, in chunks; raises TamperedValue at the first that is not as it was written."""
    cipher = AESGCM(base64.b64decode(key))
    number = 0
    chunk = locked.read(CHUNK + TAG_BYTES)
    while True:
        following = locked.read(CHUNK + TAG_BYTES)
        try:
            yield cipher.decrypt(chunk_nonce(number, is_last=not following), chunk, None)
        except (InvalidTag, ValueError):
            raise TamperedValue("A private file was changed or cut short.") from None
        if not following:
            return
        chunk = following
        number += 1


def chunk_nonce(number: int, *, is_last: bool) -> bytes:
    """The nonce of the chunk ``number`` of a file."""
    return number.to_bytes(11, "big") + bytes([is_last])
