"""PDFs that a screen reader can read (PDF/UA-1), and pictures with words in them, set by typst.

Whatever anybody typed goes in as data, never as markup: a template reads it by
``json(bytes(sys.inputs.data))`` and puts it in as text.
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

UNPRINTABLE: Final = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
POINTS_PER_INCH: Final = 72.0
NO_SUCH_LETTER: Final = "\N{WHITE SQUARE}"


def pdf_from(
    template: Path, data: dict[str, Any], *, note: str = "", files: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of ``template`` filled with ``data``; raises typst.TypstError for a template that is wrong.

    What the bundled fonts cannot print becomes NO_SUCH_LETTER, and ``note`` is then put under the key ``note``.
    ``files`` are pictures by the names that the template knows them under.
    """
    try:
        return _set_in_type(template, data, files or {})
    except typst.TypstError as error:
        unprintable = _unprintable(error)
        if not unprintable:
            raise
    replaced = _replace(data, dict.fromkeys(map(ord, unprintable), NO_SUCH_LETTER))
    return _set_in_type(template, {**replaced, **({"note": note} if note else {})}, files or {})


def picture_from(template: Path, data: dict[str, Any], *, files: Mapping[str, bytes]) -> bytes:
    """The one page of ``template`` as a PNG, a pixel for each of its points; letters without type are empty boxes."""
    return _compiled(template, data, files, format="png", ppi=POINTS_PER_INCH)


def _set_in_type(template: Path, data: dict[str, Any], files: Mapping[str, bytes]) -> bytes:
    return _compiled(template, data, files, format="pdf", pdf_standards=["ua-1"])


def _compiled(template: Path, data: dict[str, Any], files: Mapping[str, bytes], **form: Any) -> bytes:
    # Pictures are read from a folder of this one document, and from nowhere outside of it. The data never lie there.
    with TemporaryDirectory() as name:
        main = Path(name) / "main.typ"
        main.write_bytes(template.read_bytes())
        for file, content in files.items():
            (main.parent / file).write_bytes(content)
        # Fonts of the machine are left out: the document looks the same wherever it is made.
        made: bytes = typst.compile(
            main, root=main.parent, sys_inputs={"data": json.dumps(data)}, ignore_system_fonts=True, **form
        )
    return made


def _unprintable(error: typst.TypstError) -> set[str]:
    """Every character that typst has no glyph for; it names all of them at once."""
    found = UNPRINTABLE.findall(error.diagnostic)
    texts: Iterable[str] = (ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in found)
    return {character for text in texts for character in text if not (character.isascii() and character.isprintable())}


def _replace(value: Any, table: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, list):
        return [_replace(item, table) for item in value]
    if isinstance(value, dict):
        return {key: _replace(item, table) for key, item in value.items()}
    return value
