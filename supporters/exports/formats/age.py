"""Encryption to the receiver's public key, as the age tool reads it (https://age-encryption.org/v1)."""

import threading
from collections.abc import Iterable, Iterator
from queue import Empty, Full, Queue, SimpleQueue
from typing import Final

import pyrage

END: Final = b""
PATIENCE_S: Final = 0.1


class WrongRecipient(ValueError):
    """This is not an age public key."""


class _BrokenOff(Exception):
    """Nobody wants the rest."""


def check_recipient(text: str) -> None:
    """Raises WrongRecipient unless ``text`` is a public key such as ``age1…``."""
    _recipient(text)


def encrypted(plain: Iterable[bytes], *, recipient: str) -> Iterator[bytes]:
    """``plain`` as a file that only the owner of ``recipient``'s secret key can open, in pieces.

    The library reads and writes by itself, so it runs in a thread of its own between two queues; the
    first holds a few pieces only, so that memory stays what it is.
    """
    machine = _Machine(recipient)
    try:
        for piece in plain:
            if piece:
                machine.put(piece)
                yield from machine.ready()
        machine.put(END)
        yield from machine.rest()
    finally:
        machine.stop()


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        raise WrongRecipient("This is not an age public key: it begins with “age1”.") from None


class _Machine:
    """The thread, and both queues. It is the reader and the writer that the library asks for as well."""

    def __init__(self, recipient: str) -> None:
        self._plain: Queue[bytes | None] = Queue(maxsize=4)
        self._locked: SimpleQueue[bytes | BaseException | None] = SimpleQueue()
        self._rest = b""
        self._is_at_end = False
        self._thread = threading.Thread(target=self._run, args=(_recipient(recipient),), daemon=True)
        self._thread.start()

    def put(self, piece: bytes | None) -> None:
        """Hand over the next piece, as soon as there is room; nothing when the thread has ended."""
        while self._thread.is_alive():
            try:
                self._plain.put(piece, timeout=PATIENCE_S)
            except Full:
                continue
            return

    def ready(self) -> Iterator[bytes]:
        """What has been locked by now."""
        while True:
            try:
                yield from self._opened(self._locked.get_nowait())
            except Empty:
                return

    def rest(self) -> Iterator[bytes]:
        """What is still to come, once the last piece was put."""
        while (item := self._locked.get()) is not None:
            yield from self._opened(item)

    def stop(self) -> None:
        """End the thread, wherever it is."""
        self.put(None)
        self._thread.join()

    def read(self, size: int = -1) -> bytes:
        """For the library: at most ``size`` bytes, none at the end."""
        if not self._rest and not self._is_at_end:
            piece = self._plain.get()
            if piece is None:
                raise _BrokenOff
            self._rest, self._is_at_end = piece, not piece
        taken, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return taken

    def write(self, data: bytes) -> int:
        """For the library."""
        self._locked.put(bytes(data))
        return len(data)

    def flush(self) -> None:
        """For the library: nothing waits here."""

    def _run(self, recipient: pyrage.x25519.Recipient) -> None:
        try:
            pyrage.encrypt_io(self, self, [recipient])
        except BaseException as error:  # noqa: BLE001  (told to whoever waits for the pieces)
            self._locked.put(error)
        self._locked.put(None)

    @staticmethod
    def _opened(item: bytes | BaseException | None) -> Iterator[bytes]:
        if isinstance(item, BaseException):
            raise item
        if item:
            yield item
