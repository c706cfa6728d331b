"""`manage.py import_constituencies FILE`: names and codes of the seats."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mp_contacts.releases.columns import WrongFile
from mp_contacts.releases.constituencies import read_constituencies
from mp_contacts.seating import NAMES
from mp_contacts.services.naming_seats import name_constituencies


class Command(BaseCommand):
    """All of the file or nothing of it."""

    help = "Import the names, codes and regions of constituencies from a CSV file, such as the ONS publishes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            named = name_constituencies(read_constituencies(options["file"]))
        except WrongFile as error:
            raise CommandError(f"{error} Nothing was changed.") from None
        NAMES.forget()
        self.stdout.write(f"{named.added:,} constituencies are new, {named.known:,} were known.")
