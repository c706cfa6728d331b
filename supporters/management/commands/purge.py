"""`manage.py purge`: forget what has served its time, and say how much that was."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from supporters.purging import purge, rehearse_purge
from supporters.retention import retention_rules


class Command(BaseCommand):
    help = (
        "Forget what has served its time, as the worker does every hour, and print how many rows each rule "
        "forgot. Works while the site runs; running it twice does no harm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be forgotten; change nothing.")

    def handle(self, *, dry_run: bool, **_options: Any) -> None:
        run = rehearse_purge() if dry_run else purge()
        would_be = "would be forgotten" if dry_run else "forgotten"
        for rule in retention_rules():
            if rule.name in run.forgotten:
                self.stdout.write(f"{rule.name}: {run.forgotten[rule.name]} {would_be} (kept until {rule.until})")
        self.stdout.write(f"{sum(run.forgotten.values())} rows {would_be} by {len(run.forgotten)} rules.")
        if run.failed:
            raise CommandError(f"Not carried out: {', '.join(run.failed)}. The log says why.")
