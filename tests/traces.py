"""Looking for what somebody typed, in whatever guise it stands in a file."""

import base64
import hashlib
import json
import subprocess
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

from campaign_site.postgres_server import postgres_program


def forms_of(text: str) -> dict[str, bytes]:
    """The guises in which ``text`` could stand in a file, by their names."""
    plain = text.encode()
    forms = {
        "text": plain,
        "url": quote(text).encode(),
        "form": quote_plus(text).encode(),
        "json": json.dumps(text)[1:-1].encode(),
        "hex": plain.hex().encode(),
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "utf-16-le hex": text.encode("utf-16-le").hex().encode(),
        "utf-16-be hex": text.encode("utf-16-be").hex().encode(),
    }
    for shift in range(3):
        # The letters that do not depend on what stands before and after.
        shifted = base64.b64encode(b"\0" * shift + plain).rstrip(b"=")
        forms[f"base64 shifted by {shift}"] = shifted[(0, 2, 3)[shift] : -1]
    for algorithm in ("md5", "sha1", "sha256"):
        # An unkeyed hash of an address is the address, to anybody with a list of addresses.
        forms[f"{algorithm} of it"] = hashlib.new(algorithm, text.lower().encode()).hexdigest().encode()
    return forms


def traces(content: bytes, words: Iterable[str]) -> list[tuple[str, str]]:
    """Each of ``words`` that stands in ``content``, however it is written, with its guise."""
    lower = content.lower()
    return [
        (word, name)
        for word in words
        for name, form in forms_of(word).items()
        if form in content or form.lower() in lower or forms_of(word.lower())[name] in content
    ]


def dump_of(url: str) -> bytes:
    """The whole database at ``url`` as the text that `pg_dump` makes of it."""
    done = subprocess.run([postgres_program("pg_dump"), url], capture_output=True, check=True, timeout=120)
    return done.stdout
