"""`manage.py prepare`: everything between an empty checkout and a site that can be served."""

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
        """Safe to repeat. `make run` calls it only when `campaign_site.preparation` sees a change."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Bringing the database up to date…")
            call_command("migrate", interactive=False, verbosity=0)
            # A new version may search more of a page, or otherwise; pages that stood before are sorted in anew.
            call_command("update_index", verbosity=0)
        self.stdout.write("Collecting static files…")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        if not (no_demo or settings.IS_PRODUCTION or get_user_model().objects.exists()):
            self.stdout.write("Loading the demo campaign…")
            call_command("seed_demo")
