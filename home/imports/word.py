"""A Word document as the parts of a report: headings, text, tables, pictures, notes; and what did not come along."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final

import mammoth
from bs4 import BeautifulSoup

from home.imports.archive import BROKEN, MAIN_PART, UnreadableDocument, checked_archive
from home.imports.word_blocks import BlockBuilder

STYLES: Final = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='List Paragraph'] => p:fresh
p[style-name='Body Text'] => p:fresh
p[style-name='No Spacing'] => p:fresh
p[style-name='Normal (Web)'] => p:fresh
"""
MOST_PICTURES: Final = 100

# What mammoth passes over without a word, by what gives it away in the document.
LEFT_OUT: Final = (
    (rb"<w:(ins|del)\s", "Tracked changes were taken as accepted."),
    (rb"<w:commentReference\b", "Comments were left out."),
    (rb"<m:oMath\b", "Formulas were left out. Write them as text, or bring them in as pictures."),
    (rb"<c:chart\b", "Charts drawn in Word were left out. Make them again with our chart, from their figures."),
    (rb"<dgm:relIds\b", "SmartArt was left out. Describe it in words, or bring it in as a picture."),
    (rb"<w:txbxContent\b", "Text boxes came over as running text. See that each stands where it belongs."),
)
STYLE_UNKNOWN: Final = re.compile(r"Unrecognised paragraph style: '?([^'(]+?)'? \(Style ID")
ELEMENT_UNKNOWN: Final = re.compile(r"An unrecognised element was ignored: (?:\{[^}]*\})?(\S+)")


@dataclass
class WordPicture:
    """A picture of the document, with Word's own text alternative, which may be empty."""

    content: bytes
    alt_text: str


@dataclass
class WordReport:
    """What was found. A block of type "picture" holds the place of its picture in ``pictures`` under "image"."""

    title: str = ""
    blocks: list[tuple[str, Any]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[WordPicture] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    to_do: list[str] = field(default_factory=list)


def read_word(file: IO[bytes], *, size: int) -> WordReport:
    """The report in the .docx ``file`` of ``size`` bytes; raises UnreadableDocument with a sentence."""
    archive = checked_archive(file, size=size)
    report = WordReport()
    gather = _Gatherer(report)
    try:
        file.seek(0)
        result = mammoth.convert_to_html(
            file,
            style_map=STYLES,
            include_embedded_style_map=False,
            ignore_empty_paragraphs=True,
            convert_image=mammoth.images.img_element(gather.picture),
        )
        builder = BlockBuilder()
        builder.build(BeautifulSoup(result.value, "html.parser"))
    except UnreadableDocument:
        raise
    except Exception as error:
        # The library meets a document that Word would not have written in any way at all.
        raise UnreadableDocument(BROKEN) from error
    report.title = builder.title
    report.blocks, report.notes, report.to_do = builder.blocks, builder.notes, builder.to_do
    report.left_out = list(dict.fromkeys([*_left_out(archive), *builder.left_out, *_said(result.messages)]))
    return report


class _Gatherer:
    """Keeps the pictures that mammoth meets, and puts their number where they stood."""

    def __init__(self, report: WordReport) -> None:
        self.report = report

    def picture(self, image: Any) -> dict[str, str]:
        if len(self.report.pictures) >= MOST_PICTURES:
            raise UnreadableDocument(f"This document has more than {MOST_PICTURES} pictures. Bring it in as parts.")
        with image.open() as opened:
            content = opened.read()
        self.report.pictures.append(WordPicture(content, (image.alt_text or "").strip()))
        return {"src": f"picture:{len(self.report.pictures) - 1}"}


def _left_out(archive: zipfile.ZipFile) -> Iterator[str]:
    document = archive.read(MAIN_PART)
    for sign, sentence in LEFT_OUT:
        if re.search(sign, document):
            yield sentence
    edges = [name for name in archive.namelist() if re.fullmatch(r"word/(header|footer)\d*\.xml", name)]
    if any(re.search(rb"<w:t[ >]", archive.read(name)) for name in edges):
        yield "Headers and footers were left out: the website has its own."


def _said(messages: Any) -> Iterator[str]:
    for message in messages:
        if style := STYLE_UNKNOWN.search(message.message):
            yield f"Paragraphs in Word's style “{style[1]}” came over as plain text."
        elif element := ELEMENT_UNKNOWN.search(message.message):
            yield f"Something that Word calls “{element[1]}” was left out."
        elif "image" in message.message.lower():
            yield "A picture of a kind that browsers do not show was found. Save it as PNG in Word."
