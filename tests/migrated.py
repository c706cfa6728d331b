"""A database that has been through all migrations once, to be copied by whoever needs one.

To migrate takes half a minute, nearly all of it spent in drawing up the models of every step; to copy takes a second or
two. The copy is migrated as ever, which finds nothing left to do.
"""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from campaign_site.postgres_server import postgres_program

BASE_DIR: Final = Path(__file__).resolve().parent.parent
# Whatever changes one of these makes another database: our migrations, everybody else's, and who takes part.
MADE_FROM: Final = ("*/migrations/*.py", "requirements.txt", "campaign_site/settings*.py", "tests/settings.py")
PREFIX: Final = "migrated_"
LOCK: Final = 7_205_759
"""Which advisory lock of the server's own database is held by whoever migrates."""


class NotMigrated(Exception):
    """What `manage.py migrate` said before it gave up."""


def migrated_template(server: str) -> str:
    """The name of a migrated database on ``server``, the URL of any database there; made if there is none.

    Processes that ask at the same time wait for the first. What older migrations made is dropped.
    Raises `NotMigrated`.
    """
    name = f"{PREFIX}{_fingerprint()}"
    dump = _dump_of(name)
    with psycopg.connect(server, dbname="postgres", autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname ^@ %s", [PREFIX]).fetchall()
        if name not in {found for (found,) in rows} or not dump.exists():
            for (old,) in rows:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(old)))
                _dump_of(old).unlink(missing_ok=True)
            dump.parent.mkdir(exist_ok=True)
            unfinished = f"{name}_unfinished"
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(unfinished)))
            url = urlsplit(server)._replace(path=f"/{unfinished}").geturl()
            _migrate(url)
            # Now and never later: while somebody reads a database, nobody can copy it.
            _run([str(postgres_program("pg_dump")), "--format=custom", f"--file={dump}", url])
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))
    return name


def copy_migrated(server: str, database: str) -> None:
    """Create ``database`` on any ``server`` as a copy of the tests' migrated one. Raises `NotMigrated`."""
    dump = migrated_dump()
    with psycopg.connect(server, dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    url = urlsplit(server)._replace(path=f"/{database}").geturl()
    _run([str(postgres_program("pg_restore")), "--no-owner", "--exit-on-error", f"--dbname={url}", str(dump)])


def migrated_dump() -> Path:
    """The tests' migrated database as a file for `pg_restore`. Raises `NotMigrated`."""
    return _dump_of(migrated_template(os.environ["DATABASE_URL"]))


def _dump_of(name: str) -> Path:
    return BASE_DIR / "var" / f"{name}.dump"


def _fingerprint() -> str:
    seen = sha256()
    for path in sorted(path for pattern in MADE_FROM for path in BASE_DIR.glob(pattern)):
        seen.update(f"{path.relative_to(BASE_DIR)}\0".encode() + path.read_bytes())
    return seen.hexdigest()[:16]


def _migrate(url: str) -> None:
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    _run([sys.executable, "manage.py", "migrate", "--verbosity=0"], variables)


def _run(command: list[str], variables: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=BASE_DIR, env=variables, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotMigrated((done.stdout + done.stderr)[-3000:])
