"""ZIP archives as a stream, written while they are read."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

FAST: Final = 1
PACKED_ALREADY: Final = 0


@dataclass(frozen=True)
class Member:
    """One file of an archive. ``pieces`` are taken only when its turn comes, so they may tell of those before."""

    name: str
    pieces: Iterable[bytes]
    level: int = FAST
    may_be_large: bool = True


def archive(members: Iterable[Member]) -> Iterator[bytes]:
    """A ZIP file of ``members`` in their order, in pieces. Sizes and checksums follow each file's content.

    Files that may pass 2 GiB are written as ZIP64, which some readers of office files do not know.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as file:
        for member in members:
            file.compresslevel = member.level
            with file.open(member.name, "w", force_zip64=member.may_be_large) as entry:
                for piece in member.pieces:
                    entry.write(piece)
                    if outlet.is_full:
                        yield outlet.take()
    yield outlet.take()


class _Outlet:
    """The end of the pipe that zipfile writes to. It cannot be sought in, which makes zipfile stream."""

    ENOUGH: Final = 64 * 1024

    def __init__(self) -> None:
        self._waiting: list[bytes] = []
        self._size = 0

    @property
    def is_full(self) -> bool:
        return self._size >= self.ENOUGH

    def write(self, data: bytes) -> int:
        self._waiting.append(bytes(data))
        self._size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing to do: what was written is taken from here."""

    def close(self) -> None:
        """Nothing to do: nothing is open."""

    def take(self) -> bytes:
        taken = b"".join(self._waiting)
        self._waiting.clear()
        self._size = 0
        return taken
