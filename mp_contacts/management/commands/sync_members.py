"""`manage.py sync_members`: bring the members of Parliament up to date, and say what was different."""

from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mp_contacts.syncing.differences import Kind
from mp_contacts.syncing.running import HowToSync, SyncFailed, SyncRefused, sync_members
from supporters.management.bar import Bar

SHOWN_OF_A_KIND: Final = 40
GO_ON_LATER: Final = " The nightly job, or this command run again within twelve hours, goes on behind what was read."


class Command(BaseCommand):
    help = (
        "Read who sits for which constituency from the UK Parliament's Members API, or from a CSV file, and write what "
        "is different. Refuses to take more than a tenth away. What organisers added to a member stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, metavar="CSV", help="Read this file instead of Parliament's service.")
        parser.add_argument("--force", action="store_true", help="Go ahead however much is taken away.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what is different.")

    def handle(self, *, file: Path | None, force: bool, dry_run: bool, **options: Any) -> None:
        bar = Bar("Reading", None)
        how = HowToSync(
            file=file,
            force=force,
            dry_run=dry_run,
            progress=lambda done, _total: bar.show(done),
        )
        try:
            report = sync_members(how)
        except SyncRefused as refusal:
            self._say(refusal.report)
            raise CommandError(str(refusal)) from None
        except SyncFailed as failure:
            raise CommandError(f"{failure}{GO_ON_LATER if failure.wait_s is not None else ''}") from None
        self._say(report)
        self.stdout.write("Nothing was changed." if dry_run else "Done.")

    def _say(self, report: dict[str, Any]) -> None:
        self.stdout.write(f"{report['members']:,} members in the list.")
        for kind in Kind:
            changes = report.get(kind.value, [])
            if not changes:
                continue
            self.stdout.write(f"{kind.label}: {len(changes):,}")
            for change in changes[:SHOWN_OF_A_KIND]:
                was, now = change["before"], change["after"]
                what = f": {was or '(nothing)'} → {now or '(nothing)'}" if was or now else ""
                self.stdout.write(f"  {change['seat_name']}, {change['who']}{what}")
            if len(changes) > SHOWN_OF_A_KIND:
                self.stdout.write(f"  and {len(changes) - SHOWN_OF_A_KIND:,} more")
