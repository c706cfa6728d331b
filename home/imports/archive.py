"""Is this file a Word document, and one that can be opened without harm?

A .docx is an archive of XML files. Each of these is looked through before anything is made of it: what is far larger
unpacked than packed, what declares entities, and what is nested without end is refused.
"""

import zipfile
from collections.abc import Iterator
from typing import IO, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

LARGEST_FILE: Final = 25_000_000  # bytes, as uploaded
LARGEST_UNPACKED: Final = 200_000_000  # bytes, all parts together
LARGEST_XML: Final = 20_000_000  # bytes of one part; a book of a thousand pages has some five million
MOST_PARTS: Final = 2_000
DEEPEST: Final = 200  # elements in one another; Word itself needs some forty
OLD_WORD: Final = b"\xd0\xcf\x11\xe0"
MAIN_PART: Final = "word/document.xml"

NOT_WORD: Final = "This is not a Word document. Choose a file that ends in .docx."
OLD_OR_LOCKED: Final = (
    "This is a document of an old Word, or one with a password. Open it in Word, take the password off, and save it as "
    "a Word document (.docx)."
)
TOO_LARGE: Final = (
    f"This document is larger than {LARGEST_FILE // 1_000_000} MB. Let Word make its pictures smaller, and try again."
)
TOO_MUCH: Final = "This document unpacks to more than we can read. Save it again in Word, with smaller pictures."
BROKEN: Final = "This document is damaged. Open it in Word, save it under a new name, and try again."
UNSAFE: Final = "This document holds instructions that no Word document needs, and was not opened."


class UnreadableDocument(Exception):
    """The file cannot be imported; the message is a sentence for the editor."""


def checked_archive(file: IO[bytes], *, size: int) -> zipfile.ZipFile:
    """``file`` of ``size`` bytes as an archive that is safe to read on; raises UnreadableDocument."""
    if size > LARGEST_FILE:
        raise UnreadableDocument(TOO_LARGE)
    file.seek(0)
    if file.read(4) == OLD_WORD:
        raise UnreadableDocument(OLD_OR_LOCKED)
    try:
        archive = zipfile.ZipFile(file)
        _check_parts(archive)
    except UnreadableDocument:
        raise
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableDocument(NOT_WORD) from error
    return archive


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if MAIN_PART not in archive.namelist():
        raise UnreadableDocument(NOT_WORD)
    # No part is read beyond the size that is declared here, so that a lie ends in a damaged file.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise UnreadableDocument(TOO_MUCH)
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableDocument(OLD_OR_LOCKED)
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            _check_xml(archive, part)


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.file_size > LARGEST_XML:
        raise UnreadableDocument(TOO_MUCH)
    try:
        with archive.open(part) as xml:
            for depth in _depths(xml):
                if depth > DEEPEST:
                    raise UnreadableDocument(UNSAFE)
    except DefusedXmlException as error:
        raise UnreadableDocument(UNSAFE) from error
    except (ParseError, zipfile.BadZipFile, EOFError, LookupError) as error:
        raise UnreadableDocument(BROKEN) from error


def _depths(xml: IO[bytes]) -> Iterator[int]:
    depth = 0
    for event, element in iterparse(xml, events=("start", "end"), forbid_dtd=True):
        depth += 1 if event == "start" else -1
        if event == "end":
            element.clear()
        yield depth
