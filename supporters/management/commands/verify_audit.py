"""`manage.py verify_audit`: whether the record of what organisers did is as it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from supporters.audit import Head, check_chain


class Command(BaseCommand):
    help = (
        "Read the whole audit trail and check that no entry was changed, dropped, inserted or moved. Prints the newest "
        "head; ends with 1 and one line that names the first broken place. Changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            metavar="SEQUENCE:HASH",
            help="A head from an earlier run, or from the daily mail: shows also that nothing was cut off at the end.",
        )

    def handle(self, *, head: str | None, **_options: Any) -> None:
        try:
            noted = Head.parse(head) if head else None
        except ValueError as error:
            raise CommandError(str(error)) from None
        state = check_chain(noted)
        if state.broken:
            raise CommandError(f"The audit trail does not hold. {state.broken.reason}")
        self.stdout.write(f"The audit trail holds. Its newest head: {state.head}")
