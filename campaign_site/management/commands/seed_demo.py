"""`manage.py seed_demo`: the demo campaign, on an empty site."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from campaign_site.demo.bulk import refresh_figures
from campaign_site.demo.seeding import seed_empty_site


class Command(BaseCommand):
    help = "Load the demo campaign: pages, petitions, invented signatures and sign-ins. Does nothing on a site in use."

    def handle(self, **_options: Any) -> None:
        """Refused in production: the sign-ins it makes are written to a file."""
        if settings.IS_PRODUCTION:
            raise CommandError(
                "The demo campaign is not for production: it makes sign-ins whose passwords are written down."
            )
        sign_in_file = Path(settings.VAR_DIR) / "organiser.txt"
        written = seed_empty_site(sign_in_file=sign_in_file)
        if written is None:
            self.stdout.write("The site has a home page already; nothing was changed.")
            return
        refresh_figures()
        self.stdout.write(f"Loaded the demo campaign with {written:,} invented signatures.")
        if sign_in_file.exists():
            self.stdout.write(sign_in_file.read_text().rstrip())
