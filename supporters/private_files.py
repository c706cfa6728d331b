"""Where files of people's data lie until they are fetched: outside the web's reach, and locked.

Only the job that a file belongs to holds its key, in an encrypted field.
"""

import hashlib
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass

from django.core.files.storage import storages

from supporters.crypto.files import lock_stream, new_file_key, unlock_stream


@dataclass(frozen=True)
class StoredFile:
    """A file as it was put away: its name in the storage, its key, its size in bytes and SHA-256 before locking."""

    name: str
    key: str
    size: int
    sha256: bytes


def store_file(name: str, plain: Iterable[bytes]) -> StoredFile:
    """Put ``plain`` away under ``name``, locked, piece by piece; what was there before is overwritten.

    Nothing unlocked ever touches the disk. When ``plain`` breaks off, what was written is deleted.
    """
    key, digest, size = new_file_key(), hashlib.sha256(), 0

    def measured() -> Iterator[bytes]:
        nonlocal size
        for piece in plain:
            digest.update(piece)
            size += len(piece)
            yield piece

    try:
        with storages["private"].open(name, "wb") as file:
            for chunk in lock_stream(measured(), key=key):
                file.write(chunk)
    except BaseException:
        delete_file(name)
        raise
    return StoredFile(name=name, key=key, size=size, sha256=digest.digest())


def read_file(name: str, *, key: str) -> Generator[bytes, None, None]:
    """What was put away under ``name``, in pieces; raises FileNotFoundError or TamperedValue."""
    with storages["private"].open(name, "rb") as file:
        yield from unlock_stream(file, key=key)


def delete_file(name: str) -> None:
    """Delete the file; nothing if it is gone already."""
    if name:
        storages["private"].delete(name)
