"""A mail backend for development: every message becomes one `.eml` file, and nothing leaves the machine."""

import os
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmlBackend(BaseEmailBackend):
    """Writes to `settings.EMAIL_FILE_PATH`, or to `file_path` when the connection is given one.

    A reader never sees half a message: it is written under another name and renamed. File names sort by the time
    of sending and hold nothing about the recipient.
    """

    def __init__(self, fail_silently: bool = False, file_path: str | Path | None = None, **_options: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message; the number written. Raises OSError when the disk refuses, unless asked not to."""
        written = 0
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for message in email_messages:
                if message.recipients():
                    self._write(message.message().as_bytes())
                    written += 1
        except OSError:
            if not self.fail_silently:
                raise
        return written

    def _write(self, content: bytes) -> None:
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(6)}.eml"
        unfinished = self.folder / f".{name}.part"
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        unfinished.rename(self.folder / name)
