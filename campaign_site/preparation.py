"""Whether `manage.py prepare` has anything to do, told without Django so that a second start is quick."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psycopg

SOURCES: Final = ("requirements.txt", "static/**/*", "*/migrations/*.py")
"""What decides about migrations and collected static files: the locked packages, and files of ours."""


def fingerprint(base_dir: Path, database_url: str) -> str:
    """Changes when a source does, when the database has other migrations, or when its first user appears or goes.

    Empty when the database cannot tell (yet): then there is something to prepare.
    """
    try:
        with psycopg.connect(database_url, connect_timeout=5) as connection:
            migrations = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
            has_users = connection.execute("SELECT EXISTS (SELECT FROM home_user)").fetchone()
    except psycopg.Error:
        return ""
    state = [migrations, has_users, list(_source_states(base_dir))]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def _source_states(base_dir: Path) -> Iterator[tuple[str, int, int]]:
    for pattern in SOURCES:
        for file in sorted(base_dir.glob(pattern)):
            if file.is_file():
                found = file.stat()
                yield str(file.relative_to(base_dir)), found.st_size, found.st_mtime_ns
