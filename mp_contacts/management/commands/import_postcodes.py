"""`manage.py import_postcodes FILE`: a new edition of the postcode directory."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mp_contacts.models import Constituency, PostcodeDirectory
from mp_contacts.postcodes import ContradictoryPostcode, ShrunkenDirectory, store_content
from mp_contacts.postcodes.files import DirectoryBuilder
from mp_contacts.releases.columns import WrongFile
from mp_contacts.releases.postcodes import Tally, read_release
from supporters.management.bar import Bar

LONGEST_EDITION = PostcodeDirectory._meta.get_field("edition").max_length


class Command(BaseCommand):
    """Reads the whole file before anything is changed; until then, and if it fails, the old edition serves."""

    help = (
        "Import a release of the ONS Postcode Directory or the National Statistics Postcode Lookup, as CSV or as "
        "the ZIP file it comes in. Every server takes it over within seconds."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV or ZIP file")
        parser.add_argument("--dry-run", action="store_true", help="read and count, and change nothing")
        parser.add_argument("--edition", default="", help="what to call it; else the file's own name")
        parser.add_argument(
            "--force", action="store_true", help="take it even if it has less than half of the current one's postcodes"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        began = time.monotonic()
        builder = DirectoryBuilder()
        try:
            tally = _read(path, builder)
            content, postcodes = builder.content()
        except (WrongFile, ContradictoryPostcode) as error:
            raise CommandError(f"{error} Nothing was changed.") from None
        self._say(tally)
        if not postcodes:
            self.stderr.write("There is no live postcode with a constituency in this file.")
        self._say_strange_seats(builder)
        self.stdout.write(
            f"{postcodes:,} postcodes in {len(builder.seats):,} constituencies, {len(content):,} bytes "
            f"({len(content) / max(postcodes, 1):.2f} a postcode), read in {time.monotonic() - began:.0f} s."
        )
        if options["dry_run"]:
            self.stdout.write("Nothing was changed.")
            return
        edition = (options["edition"] or path.stem)[:LONGEST_EDITION]
        try:
            store_content(edition=edition, content=content, postcodes=postcodes, is_forced=options["force"])
        except ShrunkenDirectory as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"“{edition}” is the current edition. The worker now fills in the seats of people who were here before."
        )

    def _say(self, tally: Tally) -> None:
        self.stdout.write(
            f"{tally.read:,} rows read, {tally.live:,} live, {tally.ended:,} terminated, {tally.skipped:,} skipped, "
            f"{tally.northern_ireland:,} in Northern Ireland."
        )
        if tally.without_seat:
            self.stdout.write(f"  {tally.without_seat:,} skipped: no constituency, or a code that stands for none.")
        if tally.crown:
            self.stdout.write(
                f"  {tally.crown:,} of these are in Jersey, Guernsey or the Isle of Man, which elect nobody to the "
                "House of Commons."
            )
        if tally.no_postcode:
            self.stdout.write(f"  {tally.no_postcode:,} skipped: not a postcode.")
        if tally.northern_ireland:
            self.stdout.write(
                "  Postcodes of Northern Ireland are not under the Open Government Licence: they may be used under the "
                "licence of Land & Property Services alone. See that you hold it."
            )

    def _say_strange_seats(self, builder: DirectoryBuilder) -> None:
        known = set(Constituency.objects.values_list("code", flat=True))
        strange = sorted(set(builder.seats) - known)
        if strange:
            self.stderr.write(
                f"{len(strange):,} of these constituencies are not known here, such as {strange[0]}. Bring them in "
                "with import_constituencies; if they are, the file is of a time with other boundaries."
            )


def _read(path: Path, builder: DirectoryBuilder) -> Tally:
    bar, tally = Bar("Reading", None), Tally()
    for tally in read_release(path, builder):
        bar.show(tally.read)
    return tally
