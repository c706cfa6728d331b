"""Bringing in a report that was written in Word."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from home.imports.word import WordReport, read_word
from home.models import ParasolImage, ReportFootnote, ReportPage, User
from home.pictures import clean_picture

LONGEST_TITLE = 255


@dataclass(frozen=True)
class Imported:
    """The draft, and how many of each kind of block and of notes it has."""

    page: ReportPage
    counts: Counter[str]
    notes: int


@transaction.atomic
def import_word_report(*, parent: Page, file: IO[bytes], size: int, title: str, user: User) -> Imported:
    """A draft below ``parent`` from the .docx ``file``; ``title`` goes before the document's own.

    It is never published by this, and what is still to do stands on it. Raises UnreadableDocument.
    """
    report = read_word(file, size=size)
    name = (title or report.title or "Report from Word")[:LONGEST_TITLE]
    blocks = _with_pictures(report, name, user)
    page = ReportPage(
        title=name,
        live=False,
        owner=user,
        published_on=timezone.localdate(),
        body=json.dumps([{"type": kind, "value": value} for kind, value in blocks]),
        footnotes=[
            ReportFootnote(text=text, url=url if len(url) <= 200 else "", sort_order=place)
            for place, (text, url) in enumerate(report.notes)
        ],
        still_to_do="\n".join(_to_do(report, blocks)),
    )
    parent.add_child(instance=page)
    page.save_revision(user=user, clean=False, log_action=True)
    return Imported(page, Counter(kind for kind, _ in blocks), len(report.notes))


def _with_pictures(report: WordReport, name: str, user: User) -> list[tuple[str, object]]:
    """The blocks, with each picture stored; one that cannot be read is left out, and said to be."""
    blocks: list[tuple[str, object]] = []
    for kind, value in report.blocks:
        if kind != "picture":
            blocks.append((kind, value))
            continue
        number = value["image"] + 1
        try:
            file = clean_picture(ContentFile(report.pictures[value["image"]].content))
        except ValidationError as error:
            report.left_out.append(f"Picture {number} was left out. {' '.join(error.messages)}")
            continue
        image = ParasolImage(title=f"{name[:200]}, picture {number}", file=file, uploaded_by_user=user)
        image.description = value["alt_text"][:255]
        image.save()
        blocks.append((kind, {**value, "image": image.pk, "alt_text": value["alt_text"][:400]}))
    return blocks


def _to_do(report: WordReport, blocks: list[tuple[str, object]]) -> list[str]:
    """What an editor has to see to, a line each: first what keeps the report from being published."""
    lines = ["Write the short version, name the authors, and check the day of publication."]
    pictures = [value for kind, value in blocks if kind == "picture" and isinstance(value, dict)]
    for place, value in enumerate(pictures, start=1):
        if not value["alt_text"]:
            lines.append(f"Picture {place} has no text alternative in Word. Write one: it cannot be published without.")
    if pictures:
        lines.append("Name the source of each picture.")
    tables = [value for kind, value in blocks if kind == "table" and isinstance(value, dict)]
    for place, value in enumerate(tables, start=1):
        if not value["table_caption"]:
            lines.append(f"Table {place} has no caption. Give it one that says what it shows.")
    return [*lines, *dict.fromkeys(report.to_do), *dict.fromkeys(report.left_out)]
