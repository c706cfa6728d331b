"""`manage.py receive_letter_mail`: one mail to a letter's return address, from the mail server's pipe."""

import os
import sys
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from mp_contacts.delivery.receiving import Incoming, receive_mail

LONGEST_MAIL: Final = 1_000_000  # bytes read; a bounce says why at its beginning


class Command(BaseCommand):
    """Ends with what mail servers understand (sysexits.h): 0 done, 75 try again later, 77 send it back.

    Says nothing about the mail: what a pipe prints is put into the mail that goes back.
    """

    help = (
        "Take in one mail that came to the return address of a letter, letters+TOKEN@ the domain of MAIL_FROM, from "
        "standard input. For a pipe transport: in Postfix `pipe flags=DORX argv=… receive_letter_mail "
        "--recipient ${original_recipient}`, in Exim a pipe to `… receive_letter_mail --recipient "
        "$local_part$local_part_suffix@$domain`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--recipient", default="", metavar="ADDRESS", help="the address the mail came to")

    def handle(self, *_args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(LONGEST_MAIL)
        # A mail server whose pipe is closed early calls that a failure.
        while sys.stdin.buffer.read(LONGEST_MAIL):
            pass
        try:
            outcome = receive_mail(raw, recipient=options["recipient"])
        except DatabaseError:
            raise CommandError("The database cannot be reached.", returncode=os.EX_TEMPFAIL) from None
        if outcome == Incoming.NOT_A_BOUNCE:
            raise CommandError(
                "Nobody reads this address. Please write to the address in the letter's Reply-To.",
                returncode=os.EX_NOPERM,
            )
