"""The demo campaign as it lands on an empty site."""

import re
import stat
from collections.abc import Iterator
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from wagtail.models import Page, Site
from wagtail_localize.models import StringSegment

from campaign_site.demo import front, known
from campaign_site.demo.campaigns import CAMPAIGNS
from campaign_site.demo.translating import LANGUAGES, words_in
from events.models import EventPage, Registration
from events.selectors import seats_free
from home.models import HomePage, ParasolImage, User
from mp_contacts.models import Letter, Member
from petitions.counting import recount_petitions
from petitions.models import CommentState, PaperSignatures, PetitionPage, PetitionTotals, Signature
from supporters.identity import email_key
from supporters.models import ActionState, ConsentRecord, CurrentConsent, DuplicateSuggestion, PrivacyMode, Supporter
from supporters.timeline import timeline_of
from tests.campaign_site.what_is_left_in_english import english_left, sent_empty
from tests.conftest import lay_ground

PETITIONS = {petition.slug: petition for campaign in CAMPAIGNS for petition in campaign.petitions}


@pytest.fixture(scope="module")
def sign_in_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var") / "organiser.txt"


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker, sign_in_file: Path) -> Iterator[str]:
    """An empty site with the demo campaign loaded, once for all tests here; what the command printed."""
    with django_db_blocker.unblock(), transaction.atomic():
        # Before any test has asked for the database, and perhaps after one that emptied it.
        lay_ground()
        yield seed(sign_in_file)
        transaction.set_rollback(True)


def seed(sign_in_file: Path) -> str:
    said = StringIO()
    with override_settings(VAR_DIR=sign_in_file.parent):
        call_command("seed_demo", stdout=said)
    return said.getvalue()


def the_home_page() -> HomePage:
    """In English; those that translate it stand beside it."""
    return HomePage.objects.get(locale__language_code="en")


def live_pages() -> list[Page]:
    return [page.specific for page in the_home_page().get_descendants(inclusive=True).live()]


@pytest.mark.django_db
def test_seeding_twice_changes_nothing(seeded, sign_in_file):
    def everything() -> list[object]:
        return [
            list(Page.objects.order_by("pk").values_list("pk", "path", "latest_revision_id", "last_published_at")),
            list(PetitionTotals.objects.order_by("pk").values_list("pk", "confirmed", "paper")),
            *(
                model.objects.count()
                for model in (
                    Signature,
                    Letter,
                    Member,
                    Registration,
                    Supporter,
                    ConsentRecord,
                    PaperSignatures,
                    ParasolImage,
                    User,
                    Site,
                )
            ),
            sign_in_file.read_text(),
        ]

    before = everything()
    assert "nothing was changed" in seed(sign_in_file)
    assert everything() == before


@pytest.mark.django_db
def test_every_page_can_be_read_without_a_cookie_and_says_that_its_people_are_invented(seeded):
    pages = live_pages()
    letters = sum(len(campaign.letters) + (campaign.parliament is not None) for campaign in CAMPAIGNS)
    events = sum(len(campaign.events) for campaign in CAMPAIGNS)
    assert len(pages) == 1 + len(CAMPAIGNS) + len(PETITIONS) + letters + events + 5 + 7
    # The report, four plain pages; two rights sheets, two pieces of news, and their indexes; the press room.
    for page in pages:
        response = Client().get(page.url)
        assert response.status_code == 200, page.url
        assert not response.cookies
        assert front.INVENTED in unescape(response.content.decode()), page.url


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left_on_a_translated_page_or_on_the_way_of_its_petition(seeded, client, language):
    assert english_left(client, language) == {}
    assert sent_empty(client, language) == set()


@pytest.mark.django_db
def test_nothing_of_the_translated_pages_is_missing_doubtful_or_no_longer_said(seeded):
    said = set(StringSegment.objects.values_list("string__data", flat=True))
    said |= {front.TAGLINE, front.INVENTED, front.CONSENT_WORDING, front.TAKING_PART_WORDING}
    for language in LANGUAGES:
        assert set(words_in(language)) == said, language


@pytest.mark.django_db
def test_no_reference_is_left_as_a_bare_number(seeded):
    for page in live_pages():
        html = Client().get(page.url).content.decode()
        text = re.sub(r"<sup.*?</sup>", "", html, flags=re.DOTALL)
        assert not re.search(r"\[\d+\]", text), page.url


@pytest.mark.django_db
def test_pages_show_no_address_outside_the_example_domains(seeded):
    for page in live_pages():
        for address in re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", Client().get(page.url).content.decode()):
            assert re.search(r"(^|\.)example\.(org|com)$", address), (page.url, address)


@pytest.mark.django_db
def test_lists_stand_in_the_order_they_were_written_in(seeded):
    home = the_home_page()
    assert [item.page.slug for item in home.featured_actions.all()] == list(front.FEATURED)
    for petition in PetitionPage.objects.filter(locale__language_code="en"):
        text = PETITIONS[petition.slug]
        assert [(goal.signatures, goal.label) for goal in petition.milestones.all()] == list(text.milestones)
        assert [organisation.name for organisation in petition.endorsements.all()] == list(text.endorsements)
        assert [entry.title for entry in petition.updates.all()] == [entry.title for entry in text.updates]
        assert [note.text for note in petition.footnotes.all()] == [source.text for source in text.sources]


@pytest.mark.django_db
def test_every_stored_address_is_of_an_example_domain(seeded):
    addresses = [supporter.email for supporter in Supporter.objects.all()]
    addresses += [signature.email for signature in Signature.objects.filter(email__isnull=False)[:500]]
    addresses += User.objects.values_list("email", flat=True)
    assert addresses
    assert all(address.endswith("@example.org") for address in addresses)


@pytest.mark.django_db
def test_totals_are_those_a_fresh_count_finds(seeded):
    for petition in PetitionPage.objects.filter(locale__language_code="en"):
        text = PETITIONS[petition.slug]
        confirmed = petition.signatures.filter(state=ActionState.CONFIRMED).count()
        assert petition.totals.confirmed == confirmed > 0
        assert petition.totals.paper == sum(batch.number for batch in text.paper)
    assert recount_petitions() == {}


@pytest.mark.django_db
def test_the_petition_that_only_counts_keeps_nothing_of_those_who_confirmed(seeded):
    petition = PetitionPage.objects.get(privacy_mode=PrivacyMode.COUNT, locale__language_code="en")
    confirmed = petition.signatures.filter(state=ActionState.CONFIRMED)
    assert confirmed.exists()
    nothing = {f"{field}__isnull": True for field in ("name", "email", "postcode", "comment", "supporter")}
    assert not confirmed.exclude(**nothing, wants_updates=False).exists()


@pytest.mark.django_db
def test_those_who_confirmed_elsewhere_are_supporters_with_the_consent_they_gave(seeded):
    kept = Signature.objects.filter(
        petition__privacy_mode=PrivacyMode.CONTACTABLE, state=ActionState.CONFIRMED
    ).select_related("supporter")
    assert all(signature.supporter is not None for signature in kept)
    given = ConsentRecord.objects.exclude(method=known.HER_OWN_PAGE)
    assert given.count() == kept.filter(wants_updates=True).count() > 0
    some = kept.filter(comment__isnull=True)[:50]
    assert [signature.email for signature in some] == [signature.supporter.email for signature in some]


@pytest.mark.django_db
def test_of_two_webinars_one_has_a_seat_left_and_the_other_knows_nobody_any_more(seeded):
    over, coming = EventPage.objects.order_by("starts_at")
    assert (over.is_over, bool(over.report), bool(over.recording_url)) == (True, True, True)
    assert not over.registrations.filter(email__isnull=False).exists()
    assert over.totals.seated >= over.totals.came >= over.totals.peak > 0
    assert (coming.is_open, seats_free(coming)) == (True, 1)
    assert coming.registrations.filter(email__isnull=False).count() == coming.registrations.count()


@pytest.mark.django_db
def test_some_comments_are_public_and_some_wait_for_a_moderator(seeded):
    for petition in PetitionPage.objects.filter(locale__language_code="en"):
        text = PETITIONS[petition.slug]
        assert petition.signatures.filter(comment_state=CommentState.APPROVED).count() == text.comments
        assert petition.signatures.filter(comment_state=CommentState.WAITING).count() == text.waiting_comments


@pytest.mark.django_db
def test_the_organiser_signs_in_with_the_password_in_a_file_nobody_else_can_read(seeded, sign_in_file):
    assert stat.S_IMODE(sign_in_file.stat().st_mode) == 0o600
    assert sign_in_file.read_text().strip() in seeded
    sign_ins = re.findall(r"(\S+@example\.org)\s+password: (\S+)", sign_in_file.read_text())
    users = [authenticate(username=address, password=password) for address, password in sign_ins]
    assert [(user.email, user.is_superuser) for user in users if user] == [
        ("organiser@example.org", True),
        ("editor@example.org", False),
        ("officer@example.org", False),
    ]


@pytest.mark.django_db
def test_the_editor_may_publish_and_moderate_but_not_see_who_signed(seeded):
    editor = User.objects.get(email="editor@example.org")
    assert editor.has_perm("wagtailadmin.access_admin")
    assert editor.has_perm("petitions.moderate_comments")
    assert not editor.has_perm("petitions.export_signatures")
    assert not editor.has_perm("petitions.view_signature")
    assert all(page.permissions_for_user(editor).can_publish() for page in live_pages())


@pytest.mark.django_db
def test_a_page_an_organiser_deleted_stays_deleted(seeded, sign_in_file):
    PetitionTotals.objects.all().delete()
    Page.objects.get(slug="contact").delete()
    seed(sign_in_file)
    assert not Page.objects.filter(slug="contact").exists()


@pytest.mark.django_db
def test_one_person_has_done_everything_and_changed_her_mind_twice(seeded):
    rosa = Supporter.objects.get(email_key=email_key(known.ROSA))
    assert rosa.signatures.count() > 1
    assert [record.choice for record in rosa.consents.order_by("asked_at")] == ["given", "withdrawn", "given"]
    assert CurrentConsent.objects.get(supporter=rosa).choice == "given"
    assert {entry.kind for entry in timeline_of(rosa)} >= {"signature", "consent", "arrival"}


@pytest.mark.django_db
def test_one_person_is_here_twice_and_suggested(seeded):
    keys = [email_key(address) for address in known.ROISIN]
    pair = DuplicateSuggestion.objects.get(first__email_key__in=keys, second__email_key__in=keys)
    assert pair.reasons == ["name", "postcode"]
