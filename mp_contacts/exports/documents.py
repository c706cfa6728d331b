"""A letter on paper: as data for a page of HTML, or as a tagged PDF."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.template.defaultfilters import date as format_date
from django.utils import timezone, translation

from home.typesetting import pdf_from
from mp_contacts.letter_parts import LetterParts, letter_parts
from mp_contacts.models import LetterLanguage, Member
from supporters.typed import clean_text

TEMPLATE: Final = Path(__file__).parent / "letter.typ"
HOUSE_OF_COMMONS: Final = ("House of Commons", "London", "SW1A 0AA")
BETWEEN_PARAGRAPHS: Final = re.compile(r"\n\s*\n")
TITLES: Final = {LetterLanguage.ENGLISH: "Letter to {name}", LetterLanguage.WELSH: "Llythyr at {name}"}
SIGNED: Final = {LetterLanguage.ENGLISH: "Yours sincerely,", LetterLanguage.WELSH: "Yr eiddoch yn gywir,"}


@dataclass(frozen=True)
class LetterSheet:
    """What is printed. ``body`` as it was written, with or without greeting and signature; ``address`` a line each.

    Name, address, postcode and subject may be empty: somebody can add them by hand.
    """

    member_name: str
    subject: str
    body: str
    writer_name: str = ""
    address: str = ""
    postcode: str = ""
    language: str = LetterLanguage.ENGLISH
    written_on: date | None = None

    @property
    def title(self) -> str:
        """What the document is called, which says nothing about the writer."""
        return TITLES[LetterLanguage(self.language)].format(name=_line(self.member_name))

    @property
    def sender(self) -> list[str]:
        """The lines above on the right: who writes from where."""
        return _lines(f"{_line(self.writer_name)}\n{clean_text(self.address, keep_lines=True)}\n{_line(self.postcode)}")

    @property
    def addressee(self) -> list[str]:
        return [_line(self.member_name), *HOUSE_OF_COMMONS]

    @property
    def day(self) -> str:
        """The date in the language of the letter; today's unless another was given."""
        with translation.override(self.language):
            return str(format_date(self.written_on or timezone.localdate(), "j F Y"))

    @property
    def greeting(self) -> str:
        return self._parts.greeting

    @property
    def paragraphs(self) -> list[list[str]]:
        """The text between greeting and signature, as lines of paragraphs."""
        return [lines for part in BETWEEN_PARAGRAPHS.split(self._parts.middle) if (lines := _lines(part))]

    @property
    def closing(self) -> list[str]:
        """As the writer signed; else as one signs, with the name."""
        written = _lines(self._parts.closing)
        if len(written) > 1 or (written and not self.writer_name):
            return written
        return [*(written or [SIGNED[LetterLanguage(self.language)]]), *_lines(_line(self.writer_name))]

    @property
    def _parts(self) -> LetterParts:
        return letter_parts(clean_text(self.body, keep_lines=True))


def envelope_name(member: Member) -> str:
    """What to write on the envelope, such as "Ms Jo Example MP"."""
    return member.address_name or f"{member.name} MP"


def letter_pdf(sheet: LetterSheet) -> bytes:
    """``sheet`` as PDF/UA-1. Nothing of it is kept."""
    return pdf_from(
        TEMPLATE,
        {
            "title": sheet.title,
            "writer": _line(sheet.writer_name),
            "language": str(sheet.language),
            "sender": sheet.sender,
            "addressee": sheet.addressee,
            "day": sheet.day,
            "greeting": sheet.greeting,
            "subject": _line(sheet.subject),
            "paragraphs": sheet.paragraphs,
            "closing": sheet.closing,
        },
    )


def _line(text: str) -> str:
    return " ".join(clean_text(text, keep_lines=True).split())


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
