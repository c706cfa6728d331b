"""`manage.py seed_load`: many invented signatures on one petition, or many supporters, for load tests."""

import secrets
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from campaign_site.demo.bulk import refresh_figures, write_signatures
from campaign_site.demo.crowd import load_signers
from campaign_site.demo.load import invented_people, load_wording, refresh_people_figures, write_people
from petitions.models import PetitionPage

BATCH = 5_000  # rows a transaction: progress is shown in between, and little is lost by an interruption
PEOPLE_BATCH = 20_000


class Command(BaseCommand):
    help = (
        "Add invented people, as many as a load test needs: confirmed signatures on a petition (--petition and "
        "--signatures), or supporter records with their consents (--supporters). Not for production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--petition", type=int, metavar="ID", help="The petition's page id.")
        parser.add_argument("--signatures", type=int, metavar="N", help="How many signatures to add, 1 or more.")
        parser.add_argument("--supporters", type=int, metavar="N", help="How many supporters to add, 1 or more.")

    def handle(
        self,
        *,
        petition: int | None = None,
        signatures: int | None = None,
        supporters: int | None = None,
        **_options: Any,
    ) -> None:
        """Every run adds N more; their addresses are of example.org and never used twice."""
        if settings.IS_PRODUCTION:
            raise CommandError("Invented people are not for production.")
        if (petition is None) != (signatures is None):
            raise CommandError("--petition and --signatures go together.")
        if signatures is None and supporters is None:
            raise CommandError("Say what to add: --petition and --signatures, or --supporters.")
        if any(number is not None and number < 1 for number in (signatures, supporters)):
            raise CommandError("--signatures and --supporters must be 1 or more.")
        began = time.monotonic()
        if petition is not None and signatures is not None:
            self._add_signatures(petition, signatures)
        if supporters is not None:
            self._add_supporters(supporters)
        self.stdout.write(f"Done in {time.monotonic() - began:.1f} seconds.")

    def _add_signatures(self, petition: int, signatures: int) -> None:
        page = PetitionPage.objects.filter(pk=petition).first()
        if page is None:
            raise CommandError(f"There is no petition with the id {petition}.")
        run, written = secrets.token_hex(4), 0
        while written < signatures:
            batch = range(written, min(written + BATCH, signatures))
            written += write_signatures(page, load_signers(batch, run=run, now=timezone.now()))
            self.stdout.write(f"{written:,} of {signatures:,} signatures written.")
        refresh_figures()

    def _add_supporters(self, supporters: int) -> None:
        run, text, now, written, analysed = secrets.token_hex(4), load_wording(), timezone.now(), 0, 0
        while written < supporters:
            batch = range(written, min(written + PEOPLE_BATCH, supporters))
            has_doubled = written >= 2 * analysed
            written += write_people(list(invented_people(batch, run=run, now=now)), text=text, analyse=has_doubled)
            analysed = written if has_doubled else analysed
            self.stdout.write(f"{written:,} of {supporters:,} supporters written.")
        refresh_people_figures()
