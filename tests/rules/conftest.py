from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.traces import dump_of


@pytest.fixture
def private_root(settings, tmp_path: Path) -> Path:
    """A real folder for private files, as a site has it."""
    folder = {"BACKEND": "supporters.private_storage.PrivateFolder", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "private": folder}
    return tmp_path


@pytest.fixture
def dump():
    """Makes a dump of the test's own database, of all that has been committed."""

    def make() -> bytes:
        connection.ensure_connection()
        info = connection.connection.info
        return dump_of(
            make_conninfo(host=info.host, port=info.port, dbname=info.dbname, user=info.user, password=info.password)
        )

    return make
