"""JSON Lines: one object a row, exactly what was typed."""

import json

from hypothesis import given, settings

from supporters.exports.formats.json_lines import json_lines
from tests.supporters.nasty import rows

HEADINGS = ["id", "name", "phone"]


@settings(max_examples=300, deadline=None)
@given(typed=rows)
def test_each_line_is_an_object_of_the_headings(typed):
    written = b"".join(json_lines(HEADINGS, typed)).decode()

    lines = written.split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [dict(zip(HEADINGS, row, strict=True)) for row in typed]


def test_accents_are_written_as_themselves():
    assert "Żółć".encode() in b"".join(json_lines(["name"], [["Żółć"]]))


def test_nobody_is_an_empty_file():
    assert b"".join(json_lines(HEADINGS, [])) == b""
