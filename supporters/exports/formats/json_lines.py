"""JSON Lines: one object a line, its keys the headings, its values text exactly as it is."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

LINES: Final = 500


def json_lines(headings: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    """UTF-8 without a byte order mark, each line ended by a line feed. No rows make an empty file."""
    encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    lines = (encode(dict(zip(headings, row, strict=True))) + "\n" for row in rows)
    while piece := "".join(islice(lines, LINES)):
        yield piece.encode()
