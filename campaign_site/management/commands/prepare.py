"""`manage.py prepare`: everything between an empty checkout and a site that can be served."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Migrate, collect the static files and, on an empty development site, load the demo campaign."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="Leave an empty site empty.")

    def handle(self, *, no_demo: bool, **_options: Any) -> None:
        """Does only what is not done yet, so that a second start is quick."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Bringing the database up to date…")
            call_command("migrate", interactive=False, verbosity=0)
        self._collect_static()
        if not (no_demo or settings.IS_PRODUCTION or get_user_model().objects.exists()):
            self.stdout.write("Loading the demo campaign…")
            call_command("seed_demo")

    def _collect_static(self) -> None:
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        wanted = fingerprint_of_static_files(settings.BASE_DIR)
        if stamp.exists() and stamp.read_text() == wanted:
            return
        self.stdout.write("Collecting static files…")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(wanted)


def fingerprint_of_static_files(base_dir: Path) -> str:
    """Changes whenever a static file of ours or the version of a package does; opens no file but the lock."""
    digest = hashlib.sha256((base_dir / "requirements.txt").read_bytes())
    for folder in (Path(source) for source in settings.STATICFILES_DIRS):
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            found = file.stat()
            digest.update(f"{file.relative_to(base_dir)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
