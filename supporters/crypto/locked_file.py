"""A locked file, read from any place in it, without unlocking it anywhere but in memory."""

import base64
import io
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from supporters.crypto.envelope import TamperedValue
from supporters.crypto.files import CHUNK, TAG_BYTES, chunk_nonce

LOCKED_CHUNK: Final = CHUNK + TAG_BYTES


class UnlockedView(io.RawIOBase):
    """What `lock_stream` was given, as a file that can be sought in: a ZIP begins at its end.

    Holds one chunk at a time. Raises TamperedValue for a chunk that is not as it was written.
    """

    def __init__(self, locked: BinaryIO, *, key: str) -> None:
        self._locked = locked
        self._cipher = AESGCM(base64.b64decode(key))
        whole = locked.seek(0, io.SEEK_END)
        self._chunks = max(1, -(-whole // LOCKED_CHUNK))
        self._size = whole - self._chunks * TAG_BYTES
        self._position = 0
        self._number, self._chunk = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("There is nothing before the beginning of a file.")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        number, offset = divmod(self._position, CHUNK)
        if number >= self._chunks:
            return 0
        piece = self._opened(number)[offset : offset + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._locked.close()
        super().close()

    def _opened(self, number: int) -> bytes:
        if number != self._number:
            self._locked.seek(number * LOCKED_CHUNK)
            sealed = self._locked.read(LOCKED_CHUNK)
            try:
                nonce = chunk_nonce(number, is_last=number == self._chunks - 1)
                self._chunk = self._cipher.decrypt(nonce, sealed, None)
            except (InvalidTag, ValueError):
                raise TamperedValue("A private file was changed or cut short.") from None
            self._number = number
        return self._chunk
