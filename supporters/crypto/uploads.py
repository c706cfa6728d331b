"""Uploads that are too large for memory, locked on their way through the disk.

Django would write them to a plain temporary file. A list of people must not lie about like that, not even
for the second it takes to put it away: what a deleted file held can still be read from the disk.
"""

import io
import tempfile
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

CHUNK: Final = 64 * 1024
TAG_BYTES: Final = 16
LARGEST: Final = 101 * 1024 * 1024
"""Bytes: the largest list that can be brought in, and a little for the form around it."""


class LockedScratch(io.RawIOBase):
    """A temporary file of locked chunks, written once and then read at any place.

    The key was never anywhere but in this process's memory, and goes with the object.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed with this object)
        self._cipher = AESGCM(AESGCM.generate_key(256))
        self._rest = bytearray()
        self._whole_chunks = 0
        self._at = 0
        self._opened: tuple[int, bytes] = (-1, b"")

    def __len__(self) -> int:
        return self._whole_chunks * CHUNK + len(self._rest)

    def write(self, data: Any) -> int:
        self._rest += data
        while len(self._rest) >= CHUNK:
            nonce = self._whole_chunks.to_bytes(12, "big")
            self._file.write(self._cipher.encrypt(nonce, bytes(self._rest[:CHUNK]), None))
            del self._rest[:CHUNK]
            self._whole_chunks += 1
        return len(data)

    def readinto(self, buffer: Any) -> int:
        number, offset = divmod(self._at, CHUNK)
        piece = self._chunk(number)[offset : offset + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self)}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if number >= self._whole_chunks:
            return bytes(self._rest) if number == self._whole_chunks else b""
        if self._opened[0] != number:
            self._file.seek(number * (CHUNK + TAG_BYTES))
            locked = self._file.read(CHUNK + TAG_BYTES)
            self._opened = (number, self._cipher.decrypt(number.to_bytes(12, "big"), locked, None))
        return self._opened[1]


class LockedUploadHandler(FileUploadHandler):
    """Takes what the handler for small files in memory has left; refuses what is larger than LARGEST."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.scratch = LockedScratch()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > LARGEST:
            self.scratch.close()
            raise RequestDataTooBig(f"An upload may have {LARGEST // 1024 // 1024} MB at most.")
        self.scratch.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.scratch.seek(0)
        return UploadedFile(
            file=io.BufferedReader(self.scratch, CHUNK),
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "scratch"):
            self.scratch.close()
