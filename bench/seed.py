"""`python -m bench.seed FILE N`: the demo campaign and N more invented signatures; prints the petition's id.

Beside `seed_demo` only because that one writes its sign-ins where the site of this checkout keeps them.
"""

import os
import sys
from pathlib import Path

import django


def main() -> None:
    """Seed the database of DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  (needs the settings)

    from campaign_site.demo.bulk import refresh_figures  # noqa: PLC0415
    from campaign_site.demo.seeding import seed_empty_site  # noqa: PLC0415
    from petitions.models import PetitionPage, PetitionState  # noqa: PLC0415
    from supporters.models import PrivacyMode  # noqa: PLC0415

    seed_empty_site(sign_in_file=Path(sys.argv[1]))
    refresh_figures()
    petition = PetitionPage.objects.filter(
        state=PetitionState.COLLECTING, privacy_mode=PrivacyMode.CONTACTABLE, consent_text__isnull=False
    ).earliest("pk")
    if int(sys.argv[2]):
        call_command("seed_load", petition=petition.pk, signatures=int(sys.argv[2]))
    print(petition.pk)


if __name__ == "__main__":
    main()
