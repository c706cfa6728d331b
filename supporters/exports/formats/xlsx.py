"""Excel workbooks as a stream: every cell text, so nothing in them is ever a formula, a number or a date.

Written by hand after ECMA-376, part 1 (SpreadsheetML): libraries keep a workbook in memory or on the
disk until it is complete. Cells carry their text themselves and the format "@", which keeps them text
even when somebody edits them.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final
from xml.sax.saxutils import quoteattr

from supporters.exports.formats.archive import Member, archive

ROWS_A_SHEET: Final = 1_048_576  # what Excel can show, the headings among them
BYTES_A_SHEET: Final = 1_500_000_000  # before packing; a part of 2 GiB would need ZIP64, which Excel refuses
LONGEST_CELL: Final = 32_767
LINES: Final = 200

HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# Sheets are what every part without a type of its own is: their number is known only at the end.
CONTENT_TYPES: Final = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/></Types>'
)
ROOT: Final = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
# Style 1 is text (format 49), style 2 the same in bold for headings.
STYLES: Final = (
    f'{HEAD}<styleSheet xmlns="{MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
# The headings stay in sight.
SHEET_BEGIN: Final = (
    f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>\n'
)
SHEET_END: Final = "</sheetData></worksheet>"
OPEN, CLOSE = '<c s="1" t="inlineStr"><is><t>', "</t></is></c>"
EMPTY, NOTHING = f"{OPEN}{CLOSE}", '<c s="1"/>'
BETWEEN: Final = CLOSE + OPEN

# What XML 1.0 has no place for, not even written as a number.
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as an A; written like this it reads what was typed.
LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
MARKUP: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def workbook(
    title: str, headings: list[str], rows: Iterable[list[str]], *, rows_a_sheet: int = ROWS_A_SHEET
) -> Iterator[bytes]:
    """A workbook with the sheet ``title``, and more of them where the rows do not fit into one."""
    return archive(_parts(title, headings, rows, rows_a_sheet))


def _parts(title: str, headings: list[str], rows: Iterable[list[str]], rows_a_sheet: int) -> Iterator[Member]:
    yield _part("[Content_Types].xml", CONTENT_TYPES)
    yield _part("_rels/.rels", ROOT)
    yield _part("xl/styles.xml", STYLES)
    waiting, number = iter(rows), 0
    row: list[str] | None = next(waiting, None)
    while row is not None or not number:
        number += 1
        content = chain([] if row is None else [row], waiting)
        name = f"xl/worksheets/sheet{number}.xml"
        yield Member(name, _sheet(headings, islice(content, rows_a_sheet - 1)), may_be_large=False)
        row = next(waiting, None)
    yield _part("xl/workbook.xml", _contents(title, number))
    yield _part("xl/_rels/workbook.xml.rels", _relations(number))


def _part(name: str, text: str) -> Member:
    return Member(name, [text.encode()], may_be_large=False)


def _sheet(headings: list[str], rows: Iterator[list[str]]) -> Iterator[bytes]:
    yield (SHEET_BEGIN + row_xml(headings).replace('s="1"', 's="2"')).encode()
    lines, written = map(row_xml, rows), 0
    while written < BYTES_A_SHEET and (piece := "".join(islice(lines, LINES)).encode()):
        written += len(piece)
        yield piece
    yield SHEET_END.encode()


def row_xml(cells: list[str]) -> str:
    """One row. Most need nothing done to them, which is told of the whole row at once."""
    text = f"^{'^'.join(cells)}^"
    if (
        not text.isprintable()
        or len(text) > LONGEST_CELL
        or "&" in text
        or "<" in text
        or ">" in text
        or "^ " in text
        or " ^" in text
        or "_x" in text
    ):
        return f"<row>{''.join(map(_cell, cells))}</row>\n"
    return f"<row>{OPEN}{BETWEEN.join(cells)}{CLOSE}</row>\n".replace(EMPTY, NOTHING)


def _cell(text: str) -> str:
    written = LOOKS_ESCAPED.sub("_x005F_", FORBIDDEN.sub("", text)[:LONGEST_CELL]).translate(MARKUP)
    if not written:
        return NOTHING
    return f'<c s="1" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'


def _contents(title: str, sheets: int) -> str:
    names = [title, *(f"{title} {number}" for number in range(2, sheets + 1))]
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'


def _relations(sheets: int) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, sheets + 1)
    )
    styles = f'<Relationship Id="rId{sheets + 1}" Type="{OFFICE}/styles" Target="styles.xml"/>'
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{listed}{styles}</Relationships>'
