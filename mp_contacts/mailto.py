"""Links that open somebody's own mail program with a letter in it (RFC 6068)."""

import re
from typing import Final
from urllib.parse import quote

# Some mail programs and Windows itself cut longer links.
SAFE_LENGTH: Final = 1_900  # characters
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")


def mailto_link(*, to: str, subject: str, body: str) -> str:
    """The link to one addressee. Nothing in it can add another, a header, or another field."""
    return f"mailto:{_encoded(_one_line(to), safe='@')}?subject={_encoded(_one_line(subject))}&body={_body(body)}"


def is_too_long(link: str) -> bool:
    """Whether some mail programs may cut what ``link`` carries."""
    return len(link) > SAFE_LENGTH


def _body(text: str) -> str:
    lines = CONTROLS.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _encoded(lines.replace("\n", "\r\n"))


def _one_line(text: str) -> str:
    return " ".join(CONTROLS.sub(" ", text).split())


def _encoded(text: str, *, safe: str = "") -> str:
    return quote(text, safe=safe, errors="replace")
