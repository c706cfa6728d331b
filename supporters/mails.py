"""Which mails there are, and how one is put together.

An app registers a writer for each kind of mail it queues; the sender asks it for the mail when the
message's turn comes, so that what is sent is what is true at that moment.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from supporters.models import Message
from supporters.report_kinds import ReportKind

CALENDAR_METHOD: Final = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
MESSAGE_IN_REPORTS: Final = "message"
"""What a mail provider is told to give back with each report about a message: its key here."""


@dataclass(frozen=True)
class Mail:
    """What a mail says: a folder below ``templates/emails/``, what its templates read, and a language.

    ``template`` is for example ``petitions/confirm_signature``; the folder holds ``subject.txt``,
    ``body.txt`` and ``body.html``. ``language`` is a code of settings.LANGUAGES. Every mail that the
    person's own act did not ask for has an ``unsubscribe_url``, where one POST ends it (RFC 8058).
    ``calendar`` is an iCalendar object to put into the reader's calendar.
    """

    template: str
    context: dict[str, Any]
    language: str
    unsubscribe_url: str = ""
    calendar: bytes = b""


Writer = Callable[[Message], Mail | None]
"""Writes the mail for a message, or answers None when it is no longer needed."""

Builder = Callable[[Message], EmailMultiAlternatives | None]
"""Makes a whole mail to somebody who is no supporter, to nobody yet; None when it must not be sent."""

Follower = Callable[[Message, ReportKind], None]
"""Told what the mail provider reported about a message that an app built itself."""


class UnknownKind(LookupError):
    """A message of a kind that no app writes; it waits until one does, or until it is given up."""


@dataclass(frozen=True)
class Urgency:
    """Whom a kind of mail reaches although the address is suppressed; see supporters.suppression.stops.

    A mail to ``outsiders`` neither asks for a suppression nor leads to one: an office never agreed to hear from us,
    and that its mailbox is full says nothing about a supporter.
    """

    is_requested: bool = False
    after_complaint: bool = False
    outsiders: bool = False


_writers: dict[str, Writer] = {}
_builders: dict[str, Builder] = {}
_followers: dict[str, Follower] = {}
_urgencies: dict[str, Urgency] = {}
_words: dict[str, "str | Promise"] = {}


def mail_writer(
    kind: str, *, is_requested: bool = False, after_complaint: bool = False, says: "str | Promise" = ""
) -> Callable[[Writer], Writer]:
    """Register the decorated function as the writer of every message of this ``kind``.

    Set ``is_requested`` for what somebody's own act asks for at that moment, such as the button that confirms
    it: it reaches those, too, who once asked us to stop. ``after_complaint`` is for the way to their own data
    alone: even somebody who marked our mail as spam may see and erase what we hold. ``says`` tells people in a
    few words which mail it is, when they look at what was sent to them.
    """

    def register(writer: Writer) -> Writer:
        if kind in _builders or _writers.setdefault(kind, writer) is not writer:
            raise ValueError(f"Two writers for mails of the kind {kind!r}.")
        _urgencies[kind] = Urgency(is_requested=is_requested, after_complaint=after_complaint)
        _words[kind] = says
        return writer

    return register


def mail_builder(kind: str, *, follower: Follower, says: "str | Promise" = "") -> Callable[[Builder], Builder]:
    """Register the decorated function as the builder of every message of this ``kind``, which go to outsiders.

    It decides on everything in the mail but the recipient, the Message-ID and what providers hand back. That the mail
    could not be sent is told by the message's state: FAILED, and with it Delivery.BOUNCED where the server said that
    there is no such mailbox. What a provider reports later is told to ``follower``, in the transaction that marks
    the message.
    """

    def register(builder: Builder) -> Builder:
        if kind in _writers or _builders.setdefault(kind, builder) is not builder:
            raise ValueError(f"Two writers for mails of the kind {kind!r}.")
        _urgencies[kind] = Urgency(outsiders=True)
        _followers[kind] = follower
        _words[kind] = says
        return builder

    return register


def follower_of(kind: str) -> Follower | None:
    """Who is told of reports about mails of this ``kind`` instead of what follows from them for a supporter."""
    return _followers.get(kind)


def in_words(kind: str) -> str:
    """What people are told a mail of this ``kind`` was."""
    return str(_words.get(kind) or _("A mail"))


def urgency_of(kind: str) -> Urgency:
    """Whom mails of this ``kind`` reach in spite of a suppression; raises UnknownKind."""
    try:
        return _urgencies[kind]
    except KeyError:
        raise UnknownKind(f"No app writes mails of the kind {kind!r}.") from None


def write(message: Message) -> Mail | None:
    """What ``message`` says now, or None when it is no longer needed; raises UnknownKind."""
    try:
        writer = _writers[message.kind]
    except KeyError:
        raise UnknownKind(f"No app writes mails of the kind {message.kind!r}.") from None
    return writer(message)


def render(message: Message) -> EmailMultiAlternatives | None:
    """The finished mail for ``message``: text and HTML or what its builder made, or None when it is not needed.

    Its Message-ID is made from the message's key alone, so that a second copy is recognised as one
    by the mailbox it arrives in. Nothing in it is fetched from anywhere or tells us that it was read.
    """
    email = _built(message)
    if email is None:
        return None
    email.to = [message.recipient]
    email.extra_headers["Message-ID"] = message_id(message)
    # For a provider that speaks HTTP: comes back with its reports, and says nothing about anybody.
    email.metadata = {MESSAGE_IN_REPORTS: str(message.pk)}  # type: ignore[attr-defined]
    return email


def _built(message: Message) -> EmailMultiAlternatives | None:
    if message.kind in _builders:
        return _builders[message.kind](message)
    mail = write(message)
    return put_together(mail) if mail is not None else None


def put_together(mail: Mail) -> EmailMultiAlternatives:
    """``mail`` as text and HTML, to nobody yet."""
    folder = f"emails/{mail.template}"
    with translation.override(mail.language):
        context = {"privacy_page": settings.PUBLIC_ORIGIN + reverse("supporters:privacy"), **mail.context}
        email = EmailMultiAlternatives(
            subject=" ".join(render_to_string(f"{folder}/subject.txt", context).split()),
            body=render_to_string(f"{folder}/body.txt", context).strip() + "\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            headers={"Auto-Submitted": "auto-generated", "Content-Language": mail.language, **_unsubscribing(mail)},
        )
        email.attach_alternative(render_to_string(f"{folder}/body.html", context), "text/html")
    if mail.calendar:
        # Beside the text and not as a file: programs then change the entry they have. The method in the header has to
        # be the one inside (RFC 6047, 2.4).
        text = mail.calendar.decode()
        [method] = CALENDAR_METHOD.findall(text)
        email.attach_alternative(text, f"text/calendar; method={method}")
    return email


def _unsubscribing(mail: Mail) -> dict[str, str]:
    if not mail.unsubscribe_url:
        return {}
    return {
        "List-Unsubscribe": f"<{mail.unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def message_id(message: Message) -> str:
    """The Message-ID header (RFC 5322) of every copy of ``message``."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{message.pk.hex}@{domain}>"
