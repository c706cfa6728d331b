"""Each block of a report as data for its PDF. A block that no function here knows cannot be printed."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from PIL import Image
from wagtail.blocks import StreamValue

from home import charts
from home.exports.rich_text import Notes, Piece, pieces_from

PICTURE_WIDTH: Final = 1400  # pixels: 160 mm at 220 to the inch


class Printer:
    """Turns blocks into pieces, and gathers the pictures they need by name."""

    def __init__(self, *, number_of_notes: int, origin: str, words: dict[str, str]) -> None:
        self.notes = Notes(number_of_notes)
        self.origin = origin
        self.words = words
        self.files: dict[str, bytes] = {}

    def pieces(self, stream: StreamValue) -> list[Piece]:
        return [piece for block in stream for piece in KINDS[block.block_type](self, block.value)]

    def text(self, html: Any) -> list[Piece]:
        return pieces_from(getattr(html, "source", html), self.notes, origin=self.origin)

    def source(self, source: str) -> list[dict[str, Any]]:
        return self.notes.runs(f"{self.words['source']} {source}") if source else []


def _heading(printer: Printer, value: str) -> list[Piece]:
    return [{"kind": "heading", "runs": printer.notes.runs(value)}]


def _paragraph(printer: Printer, value: Any) -> list[Piece]:
    return printer.text(value)


def _divider(printer: Printer, value: Any) -> list[Piece]:
    return [{"kind": "divider"}]


def _quote(printer: Printer, value: Any) -> list[Piece]:
    invented = printer.words["invented"] if value["is_invented"] else ""
    who = " · ".join(part for part in (value["attribution"], invented) if part)
    return [{"kind": "quote", "runs": printer.notes.runs(f"“{value['text']}”"), "who": printer.notes.runs(who)}]


def _figure(printer: Printer, value: Any) -> list[Piece]:
    return [
        {
            "kind": "figure",
            "number": printer.notes.runs(value["number"]),
            "runs": printer.notes.runs(value["explanation"]),
            "source": printer.source(value["source"]),
        }
    ]


def _facts(printer: Printer, value: Any) -> list[Piece]:
    items = [printer.text(fact) for fact in value["facts"]]
    return [*_titled(printer, value["title"]), {"kind": "list", "ordered": False, "items": items}]


def _steps(printer: Printer, value: Any) -> list[Piece]:
    items = [
        [{"kind": "paragraph", "runs": printer.notes.runs(step["title"], bold=True)}, *printer.text(step["text"])]
        for step in value["steps"]
    ]
    return [*_titled(printer, value["title"]), {"kind": "list", "ordered": True, "items": items}]


def _timeline(printer: Printer, value: Any) -> list[Piece]:
    events = [
        {"date": printer.notes.runs(event["date"]), "pieces": printer.text(event["text"])} for event in value["events"]
    ]
    return [*_titled(printer, value["title"]), {"kind": "timeline", "events": events}]


def _chart(printer: Printer, value: Any) -> list[Piece]:
    rows = value.rows_shown
    most = max((row.number for row in rows), default=Decimal(0)) or Decimal(1)
    return [
        {
            "kind": "chart",
            "line": value.is_line,
            "title": printer.notes.runs(value["title"]),
            "alt": f"{value.name}. {value['description']}",
            "rows": [
                {"label": row.label, "shown": row.shown, "share": charts.share(row.number, most, 100)} for row in rows
            ],
            "source": printer.source(value["source"]),
        }
    ]


def _table(printer: Printer, value: Any) -> list[Piece]:
    if not value or not value.get("data"):
        return []
    caption = printer.notes.runs(value.get("table_caption") or "")
    rows = [[printer.notes.runs(str(cell or "")) for cell in row] for row in value["data"]]
    return [
        {
            "kind": "table",
            "caption": caption,
            "columns": max(len(row) for row in rows),
            "head": rows[0] if value.get("first_row_is_table_header") else [],
            "rows": rows[1:] if value.get("first_row_is_table_header") else rows,
            "first_is_header": bool(value.get("first_col_is_header")),
        }
    ]


def _picture(printer: Printer, value: Any) -> list[Piece]:
    caption = printer.notes.runs(value["caption"])
    source = printer.source(value["source"])
    spaced = [*caption, *printer.notes.runs(" "), *source] if caption and source else caption or source
    picture = _printable(value["image"]) if value["image"] else b""
    if not picture:
        # A file that is gone is no reason to have no document: what is to be seen in it is told instead.
        return [{"kind": "paragraph", "runs": printer.notes.runs(value["alt_text"], italic=True)}]
    name = f"picture-{len(printer.files) + 1}.jpg"
    printer.files[name] = picture
    return [{"kind": "picture", "file": name, "alt": value["alt_text"], "caption": spaced}]


def _call(printer: Printer, value: Any) -> list[Piece]:
    """What to do next, with its address: paper has no buttons."""
    url = value["page"].full_url or "" if value["page"] else ""
    runs = [
        *printer.notes.runs(f"{value['text']} ", bold=True),
        {"note": 0, "text": value["label"], "bold": False, "italic": False, "url": url},
    ]
    return [{"kind": "call", "runs": runs, "address": url}]


def _titled(printer: Printer, title: str) -> list[Piece]:
    return [{"kind": "heading", "runs": printer.notes.runs(title)}] if title else []


def _printable(image: Any) -> bytes:
    """The picture as a JPEG no wider than paper needs; empty when its file cannot be read."""
    output = BytesIO()
    try:
        with image.open_file() as file, Image.open(file) as opened:
            picture = opened.convert("RGBA")
        # Paper is white, whatever shows through.
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture)
        ground.thumbnail((PICTURE_WIDTH, PICTURE_WIDTH))
        ground.save(output, "JPEG", quality=82)
    except OSError:
        return b""
    return output.getvalue()


KINDS: Final[dict[str, Callable[[Printer, Any], list[Piece]]]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "divider": _divider,
    "quote": _quote,
    "figure": _figure,
    "facts": _facts,
    "chart": _chart,
    "table": _table,
    "picture": _picture,
    "timeline": _timeline,
    "steps": _steps,
    "call_to_action": _call,
}
