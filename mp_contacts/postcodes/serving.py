"""The edition that this process answers from, and how it notices that there is a newer one.

The bytes are in PostgreSQL; each machine keeps a copy under VAR_DIR that all its processes map. Whatever is wrong
with a newer edition, the one that is being served goes on being served.
"""

import hashlib
import logging
import os
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError

from mp_contacts.models import PostcodeDirectory
from mp_contacts.postcodes.files import DamagedDirectory, Directory

logger = logging.getLogger("parasol.postcodes")

LOOK_EVERY_S: Final = 5.0
"""How often a process asks which edition is current: one row by an index of one row."""
TRY_AGAIN_S: Final = 60.0
"""After an edition could not be fetched: it is ten megabytes, and another try will rarely mend it."""
ABANDONED_S: Final = 3600
"""A half-written copy this old belongs to a process that was killed."""


class CurrentEdition:
    """What a process knows of the current edition. Thread-safe: one thread looks, the others go on with the old one."""

    def __init__(self, *, look_at: float = 0.0) -> None:
        """``look_at``: when to look first, by the monotonic clock."""
        self._directory: Directory | None = None
        self._sha256 = ""
        self._look_at = look_at
        self._looking = threading.Lock()

    def seat_of(self, postcode: str) -> str:
        """The seat of ``postcode`` by the newest edition this process knows of; "" when there is none."""
        if time.monotonic() >= self._look_at:
            self._look()
        return self._directory.seat_of(postcode) if self._directory else ""

    def look_soon(self) -> None:
        """Ask for a newer edition before the next answer."""
        self._look_at = 0.0

    def _look(self) -> None:
        # Who comes first while nothing is known waits for the edition; later ones need not wait for a newer.
        if not self._looking.acquire(blocking=self._directory is None):
            return
        try:
            if time.monotonic() >= self._look_at:
                self._look_at = time.monotonic() + LOOK_EVERY_S
                self._take(_current_sha256())
        except (DatabaseError, DamagedDirectory) as error:
            logger.error("The current edition of the postcode directory cannot be used: %s", error)
            self._look_at = time.monotonic() + TRY_AGAIN_S
        finally:
            self._looking.release()

    def _take(self, sha256: str) -> None:
        if sha256 == self._sha256:
            return
        self._directory = fetch_directory(sha256) if sha256 else None
        self._sha256 = sha256


CURRENT = CurrentEdition()


def seat_for(postcode: str) -> str:
    """The ONS code of the seat that ``postcode`` lies in, whatever its case and spacing; "" when it is not known.

    Takes microseconds, and asks the database at most every LOOK_EVERY_S seconds a process.
    """
    return CURRENT.seat_of(postcode)


def look_soon() -> None:
    """Have this process ask for a newer edition before it answers again."""
    CURRENT.look_soon()


def fetch_directory(sha256: str) -> Directory:
    """The edition with this checksum, from this machine's copy, else from the database.

    Raises DamagedDirectory when the database's bytes are not what they should be. A disk that cannot be
    written to costs memory, not the edition.
    """
    folder = copies_folder()
    path = folder / f"{sha256}.bin"
    with suppress(OSError, DamagedDirectory):
        if hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
            return Directory.mapped(path)
    content = _stored_content(sha256)
    try:
        _keep_copy(path, content)
        directory = Directory.mapped(path)
    except OSError as error:
        logger.warning("The postcode directory is kept in memory, it cannot be written to disk: %s", error)
        return Directory(content)
    _drop_others(folder, path)
    return directory


def copies_folder() -> Path:
    """Where this machine keeps its copies."""
    return Path(settings.VAR_DIR) / "postcodes"


def _current_sha256() -> str:
    return PostcodeDirectory.objects.filter(is_current=True).values_list("sha256", flat=True).first() or ""


def _stored_content(sha256: str) -> bytes:
    stored = PostcodeDirectory.objects.filter(sha256=sha256).order_by("-pk").values_list("content", flat=True).first()
    content = bytes(stored or b"")
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedDirectory("The bytes in the database do not have the checksum beside them.")
    return content


def _keep_copy(path: Path, content: bytes) -> None:
    """Write the copy aside and put it in place whole: other processes may be opening it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(aside).replace(path)
    finally:
        Path(aside).unlink(missing_ok=True)


def _drop_others(folder: Path, kept: Path) -> None:
    """Remove copies of other editions. A process that maps one keeps it until it lets go."""
    with suppress(OSError):
        for path in folder.iterdir():
            is_old_copy = path.suffix == ".bin" and path != kept
            is_abandoned = path.suffix == ".part" and time.time() - path.stat().st_mtime > ABANDONED_S
            if is_old_copy or is_abandoned:
                path.unlink(missing_ok=True)
