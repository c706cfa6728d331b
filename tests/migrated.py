"""A database that has been through all migrations once, to be copied by whoever needs one.

To migrate takes half a minute, nearly all of it spent in drawing up the models of every step; to copy takes less
than a second. The copy is migrated as ever, which finds nothing left to do.
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
    with psycopg.connect(server, dbname="postgres", autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname ^@ %s", [PREFIX]).fetchall()
        if name not in {found for (found,) in rows}:
            for (old,) in rows:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(old)))
            unfinished = f"{name}_unfinished"
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(unfinished)))
            _migrate(urlsplit(server)._replace(path=f"/{unfinished}").geturl())
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))
    return name


def copy_migrated(server: str, database: str) -> None:
    """Create ``database`` on ``server`` as a copy of the migrated one. Raises `NotMigrated`."""
    template = migrated_template(server)
    with psycopg.connect(server, dbname="postgres", autocommit=True) as connection:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(copy.format(sql.Identifier(database), sql.Identifier(template)))


def _fingerprint() -> str:
    seen = sha256()
    for path in sorted(path for pattern in MADE_FROM for path in BASE_DIR.glob(pattern)):
        seen.update(f"{path.relative_to(BASE_DIR)}\0".encode() + path.read_bytes())
    return seen.hexdigest()[:16]


def _migrate(url: str) -> None:
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    done = subprocess.run(command, cwd=BASE_DIR, env=variables, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotMigrated((done.stdout + done.stderr)[-3000:])
