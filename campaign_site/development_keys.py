"""The secrets of a first start, made where nobody has set any. Production is given its own."""

import secrets
from pathlib import Path

from supporters.crypto.keyring import generate_keyring


def generate(file: Path) -> str:
    """What now stands in ``file``, readable by its owner alone: a keyring where it ends in ``.json``, or a secret."""
    if file.suffix == ".json":
        generate_keyring(file)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text().strip()
