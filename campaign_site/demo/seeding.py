"""Loading the demo campaign into an empty site."""

from collections.abc import Mapping
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from campaign_site.demo.accounts import create_accounts
from campaign_site.demo.bulk import write_signatures
from campaign_site.demo.campaigns import CAMPAIGNS
from campaign_site.demo.crowd import signers_of
from campaign_site.demo.known import write_known_people
from campaign_site.demo.letters_written import count_own_mail, write_letters
from campaign_site.demo.pages import build_pages
from campaign_site.demo.parliament_loading import load_parliament, record_stands
from campaign_site.demo.registered import write_registrations
from campaign_site.demo.shapes import PetitionText
from home.models import HomePage, User
from petitions.models import PetitionPage
from petitions.services import add_paper_signatures
from supporters.duplicates import suggest_duplicates

# Any number; it only has to differ from the project's other advisory locks.
SEEDING_LOCK = 7_205_090


@transaction.atomic
def seed_empty_site(*, sign_in_file: Path) -> int | None:
    """Load everything or nothing; the number of signatures written, or None when there is a home page already.

    Whatever an organiser has changed or deleted on a site in use stays as they left it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEEDING_LOCK])
    if HomePage.objects.exists():
        return None
    if not User.objects.exists():
        create_accounts(sign_in_file)
    organiser = User.objects.filter(is_superuser=True).earliest("pk")
    # Saved several times each on their way, pages are looked through for references once.
    with disable_reference_index_auto_update():
        pages = build_pages()
    for page in Page.objects.filter(depth__gt=1).specific():
        ReferenceIndex.create_or_update_for_object(page)
    petitions = {slug: page for slug, page in pages.items() if isinstance(page, PetitionPage)}
    crowd = sum(_sign(petitions[text.slug], text, organiser) for campaign in CAMPAIGNS for text in campaign.petitions)
    known = write_known_people(petitions, now=timezone.localtime())
    _be_written_to(pages, organiser)
    for campaign in CAMPAIGNS:
        for event in campaign.events:
            write_registrations(pages[event.slug], event, now=timezone.localtime())
    # Tonight's job would find them too; nobody has to wait for it to see what it is about.
    suggest_duplicates()
    return crowd + known


def _be_written_to(pages: Mapping[str, Page], organiser: User) -> None:
    """The invented Parliament, what is known of it, and the letters it got."""
    now = timezone.localtime()
    members = load_parliament()
    for campaign in CAMPAIGNS:
        if campaign.parliament:
            record_stands(pages[campaign.slug], members, today=now.date(), added_by=organiser)
        for text in campaign.letters:
            write = write_letters if text.offers_sending else count_own_mail
            write(pages[text.slug], list(members.values()), now=now)


def _sign(petition: PetitionPage, text: PetitionText, organiser: User) -> int:
    for batch in text.paper:
        add_paper_signatures(petition=petition, number=batch.number, note=batch.note, added_by=organiser)
    return write_signatures(petition, signers_of(text, now=timezone.localtime()))
