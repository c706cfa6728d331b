"""From the words of the demo campaign to the blocks of a page."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import singledispatch
from typing import Any
from uuid import uuid4

from wagtail.models import Page

from campaign_site.demo.campaign_shapes import Endorsers, Questions, Told, Wins
from campaign_site.demo.logos import logo_of
from campaign_site.demo.pieces import (
    Ask,
    Chart,
    Divider,
    Facts,
    Figure,
    Heading,
    Piece,
    Steps,
    Table,
    Text,
    Timeline,
    Voice,
)
from campaign_site.demo.sheet_shapes import Contacts, DoNotSign, Say

Block = tuple[str, Any]


def stream(pieces: Iterable[Piece], pages: Mapping[str, Page]) -> str:
    """``pieces`` as the JSON of a BodyBlock; an Ask leads to the page of its slug in ``pages``.

    Raises KeyError for a slug that is not there.
    """
    return json.dumps([_kept(*block(piece, pages)) for piece in pieces])


def _kept(kind: str, value: Any) -> dict[str, Any]:
    """A block as an editor's form keeps it: it and each item of its lists under a key, by which translators find it."""
    return {"type": kind, "value": value if kind == "table" else _with_keys(value), "id": str(uuid4())}


def _with_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_keys(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_kept("item", item) for item in value]
    return value


def paragraphs(texts: Iterable[str]) -> str:
    """``texts`` as rich text."""
    return "".join(f"<p>{text}</p>" for text in texts)


@singledispatch
def block(piece: Piece, pages: Mapping[str, Page]) -> Block:
    """One piece as the type and the value of a block."""
    raise TypeError(f"No block is known for {piece!r}.")


@block.register
def _(piece: Heading, pages: Mapping[str, Page]) -> Block:
    return "heading", piece.text


@block.register
def _(piece: Text, pages: Mapping[str, Page]) -> Block:
    return "paragraph", paragraphs(piece.paragraphs)


@block.register
def _(piece: Facts, pages: Mapping[str, Page]) -> Block:
    return "facts", {"title": piece.title, "facts": [paragraphs([fact]) for fact in piece.facts]}


@block.register
def _(piece: Steps, pages: Mapping[str, Page]) -> Block:
    steps = [{"title": title, "text": paragraphs([text] if text else [])} for title, text in piece.steps]
    return "steps", {"title": piece.title, "steps": steps}


@block.register
def _(piece: Timeline, pages: Mapping[str, Page]) -> Block:
    events = [{"date": date, "text": paragraphs([text])} for date, text in piece.events]
    return "timeline", {"title": piece.title, "events": events}


@block.register
def _(piece: Figure, pages: Mapping[str, Page]) -> Block:
    return "figure", {"number": piece.value, "explanation": f"{piece.meaning} [{piece.reference}]", "source": ""}


@block.register
def _(piece: Voice, pages: Mapping[str, Page]) -> Block:
    return "quote", {"text": piece.words, "attribution": piece.who, "is_invented": True}


@block.register
def _(piece: Told, pages: Mapping[str, Page]) -> Block:
    return "voice", {
        "text": piece.words,
        "called": piece.who,
        "is_invented": True,
        "content_note": piece.note,
        "is_covered": piece.is_covered,
    }


@block.register
def _(piece: Wins, pages: Mapping[str, Page]) -> Block:
    wins = [
        {
            "won_on": win.on,
            "title": win.title,
            "text": paragraphs([win.text]),
            "source": win.source,
            "source_link": win.link,
        }
        for win in piece.wins
    ]
    return "wins", {"title": "What has been won", "wins": wins}


@block.register
def _(piece: Endorsers, pages: Mapping[str, Page]) -> Block:
    organisations = [{"name": name, "link": "", "logo": logo_of(name).pk} for name in piece.names]
    return "endorsers", {"title": "Who stands behind this", "organisations": organisations}


@block.register
def _(piece: Questions, pages: Mapping[str, Page]) -> Block:
    entries = [{"question": question, "answer": paragraphs([answer])} for question, answer in piece.questions]
    return "questions", {"title": "Questions and answers", "questions": entries}


@block.register
def _(piece: Say, pages: Mapping[str, Page]) -> Block:
    return "say", {"title": "", "sentences": [{"moment": when, "words": words} for when, words in piece.sentences]}


@block.register
def _(piece: DoNotSign, pages: Mapping[str, Page]) -> Block:
    return "do_not_sign", {"title": "", "papers": [paragraphs([paper]) for paper in piece.papers]}


@block.register
def _(piece: Contacts, pages: Mapping[str, Page]) -> Block:
    return "contacts", {"title": "", "contacts": [asdict(contact) for contact in piece.contacts]}


@block.register
def _(piece: Ask, pages: Mapping[str, Page]) -> Block:
    return "call_to_action", {"text": piece.reason, "page": pages[piece.slug].pk, "label": piece.label}


@block.register
def _(piece: Chart, pages: Mapping[str, Page]) -> Block:
    rows = [{"label": label, "number": number} for label, number in piece.rows]
    about = {"kind": "bar", "title": piece.title, "description": piece.told, "unit": piece.unit}
    return "chart", {**about, "rows": rows, "source": piece.source}


@block.register
def _(piece: Table, pages: Mapping[str, Page]) -> Block:
    return "table", {
        "data": [list(row) for row in (piece.head, *piece.rows)],
        "table_caption": piece.caption,
        "table_header_choice": "both",
        "first_row_is_table_header": True,
        "first_col_is_header": True,
    }


@block.register
def _(piece: Divider, pages: Mapping[str, Page]) -> Block:
    return "divider", None
