"""Reading the `.eml` files that the development mail backend wrote."""

import email
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Letter:
    """One message as it would have arrived; `name` is its file name without the ending."""

    name: str
    subject: str
    sender: str
    recipient: str
    answers_to: str
    sent_at: datetime | None
    text: str
    html: str


def letter_names() -> list[str]:
    """The names of all messages, newest first: file names begin with the time."""
    folder = Path(settings.EMAIL_FILE_PATH)
    return sorted((file.stem for file in folder.glob("[!.]*.eml")), reverse=True)


def read_letter(name: str) -> Letter | None:
    """The message called `name`, or None when there is none (any more)."""
    try:
        content = (Path(settings.EMAIL_FILE_PATH) / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    message = email.message_from_bytes(content, policy=policy.default)
    date = message["Date"]
    return Letter(
        name=name,
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        recipient=str(message["To"] or ""),
        answers_to=str(message["Reply-To"] or ""),
        sent_at=date.datetime if date else None,
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
