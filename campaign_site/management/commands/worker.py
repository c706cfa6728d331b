"""`manage.py worker`: mail, counting, jobs and schedules."""

import logging
import os
import sys
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaign_site.embedded import release_embedded_databases
from campaign_site.processes import die_with_parent
from campaign_site.working import work


class Command(BaseCommand):
    help = (
        "Send mail, count signatures, and run jobs and schedules, until SIGTERM or Ctrl-C. "
        "Run as many as you like, on as many machines; see to it that one which ends is started again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--senders", type=int, default=2, help="How many connections to the mail server to keep busy (default 2)."
        )
        parser.add_argument(
            "--lease",
            type=float,
            default=30.0,
            metavar="SECONDS",
            help="How long the mails of a killed worker wait for another one (default 60). "
            "Must be longer than the mail server ever takes for one mail.",
        )

    def handle(self, *, senders: int, lease: float, **_options: Any) -> None:
        if senders < 1 or lease <= 0:
            raise CommandError("--senders and --lease must be above zero.")
        die_with_parent()
        code = work(senders=senders, lease=timedelta(seconds=lease))
        # A thread that hangs in a network call must not keep the process; it holds nothing that is not leased.
        logging.shutdown()
        release_embedded_databases()
        sys.stdout.flush()
        os._exit(code)
