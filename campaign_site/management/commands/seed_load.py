"""`manage.py seed_load`: many invented signatures on one petition, for load tests."""

import secrets
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from campaign_site.demo.bulk import refresh_figures, write_signatures
from campaign_site.demo.crowd import load_signers
from petitions.models import PetitionPage

BATCH = 5_000  # rows a transaction: progress is shown in between, and little is lost by an interruption


class Command(BaseCommand):
    help = "Add invented, confirmed signatures to a petition, as many as a load test needs. Not for production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--petition", type=int, required=True, metavar="ID", help="The petition's page id.")
        parser.add_argument("--signatures", type=int, required=True, metavar="N", help="How many to add, 1 or more.")

    def handle(self, *, petition: int, signatures: int, **_options: Any) -> None:
        """Every run adds N more; their addresses are of example.org and never used twice."""
        if settings.IS_PRODUCTION:
            raise CommandError("Invented signatures are not for production.")
        if signatures < 1:
            raise CommandError("--signatures must be 1 or more.")
        page = PetitionPage.objects.filter(pk=petition).first()
        if page is None:
            raise CommandError(f"There is no petition with the id {petition}.")
        began = time.monotonic()
        run, written = secrets.token_hex(4), 0
        while written < signatures:
            batch = range(written, min(written + BATCH, signatures))
            written += write_signatures(page, load_signers(batch, run=run, now=timezone.now()))
            self.stdout.write(f"{written:,} of {signatures:,} signatures written.")
        refresh_figures()
        self.stdout.write(f"Done in {time.monotonic() - began:.1f} seconds.")
