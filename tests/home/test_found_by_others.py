"""What search engines and previews of shared links are told, and the pictures drawn for them."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from defusedxml import ElementTree
from django.test import Client
from PIL import Image
from wagtail.models import Locale, Page, PageViewRestriction, Site, get_page_models

from home.finding.pictures import COLOURS, Drawn, picture_of
from home.looks.palette import own_palette
from home.models import HomePage, KeptOutOfSearch, KeptOutTree, SiteLook, StandardPage
from tests.factories.events import EventPageFactory
from tests.factories.mp_contacts import LetterPageFactory
from tests.factories.petitions import CampaignPageFactory, PetitionPageFactory, home_page

pytestmark = pytest.mark.django_db

NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}
OWN = ("/your-privacy/", "/ro/your-privacy/")


def keep_out(page) -> None:
    setting = KeptOutOfSearch.for_site(Site.objects.get())
    setting.trees.add(KeptOutTree(page=page))
    setting.save()


def told(client: Client, url: str) -> dict[str, str]:
    """Each property of a page's preview."""
    head = client.get(url).content.decode().partition("</head>")[0]
    lines = (line.strip() for line in head.splitlines())
    found = ElementTree.fromstring(
        f"<head>{''.join(f'{line}</meta>' for line in lines if line.startswith('<meta property'))}</head>"
    )
    return {meta.get("property"): meta.get("content") for meta in found}


def test_the_site_map_lists_what_may_be_found_with_its_translations(client: Client, settings) -> None:
    settings.PUBLIC_ORIGIN = "https://campaign.example"
    open_page, hidden, locked, draft = (
        CampaignPageFactory(slug=slug) for slug in ("open", "hidden", "locked", "draft")
    )
    romanian = Locale.objects.get(language_code="ro")
    home_page().copy_for_translation(romanian).save_revision().publish()
    open_page.copy_for_translation(romanian).save_revision().publish()
    # Stands in for a translation that nobody has written yet.
    locked.copy_for_translation(romanian, alias=True)
    keep_out(hidden)
    PageViewRestriction.objects.create(page=locked, restriction_type=PageViewRestriction.LOGIN)
    draft.unpublish()

    response = client.get("/sitemap.xml", headers={"host": "localhost"})

    assert response["Content-Type"].startswith("application/xml")
    pages = ElementTree.fromstring(response.content).findall("map:url", NAMES)
    languages = {
        page.findtext("map:loc", namespaces=NAMES): {link.get("hreflang") for link in page.findall("xhtml:link", NAMES)}
        for page in pages
    }
    both = {"en", "ro"}
    origin = "https://campaign.example"
    assert languages == {f"{origin}{path}": both for path in ("/", "/ro/", "/open/", "/ro/open/", *OWN)}
    assert sum(page.find("map:lastmod", NAMES) is not None for page in pages) == 2, "those published by a revision"


def test_robots_are_shown_the_map_and_kept_from_what_is_not_for_them(client: Client, settings) -> None:
    settings.PUBLIC_ORIGIN = "https://campaign.example"
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Sitemap: https://campaign.example/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /links/", "Disallow: /search/", "Disallow: /ro/search/"} < set(lines)


def test_a_copy_for_trying_out_is_closed_to_all_of_them(client: Client, settings) -> None:
    settings.HIDDEN_FROM_SEARCH_ENGINES = True
    home_page()

    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    assert client.get("/")["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize(
    "factory", [home_page, CampaignPageFactory, PetitionPageFactory, LetterPageFactory, EventPageFactory]
)
def test_each_page_has_a_preview_and_a_picture(client: Client, settings, factory) -> None:
    settings.PUBLIC_ORIGIN = "https://campaign.example"
    page = factory()

    preview = told(client, page.url)

    assert preview["og:title"] == (page.statement if isinstance(page, HomePage) else page.title)
    assert preview["og:url"] == f"https://campaign.example{page.url}"
    assert preview["og:locale"] == "en_GB"
    assert preview["og:description"]
    assert preview["og:title"] in preview["og:image:alt"]
    picture = client.get(urlsplit(preview["og:image"]).path)
    assert picture["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (picture["Content-Type"], picture["Cross-Origin-Resource-Policy"]) == ("image/png", "cross-origin")
    with Image.open(BytesIO(picture.content)) as image:
        assert image.size == (1200, 630)
    assert len(picture.content) < 60_000


def test_what_may_not_be_found_has_neither(client: Client) -> None:
    hidden, locked = CampaignPageFactory(slug="hidden"), CampaignPageFactory(slug="locked")
    keep_out(hidden)
    PageViewRestriction.objects.create(page=locked, restriction_type=PageViewRestriction.LOGIN)

    html = client.get("/hidden/").content.decode()

    assert '<meta name="robots" content="noindex">' in html
    assert "og:" not in html
    for page in (hidden, locked):
        assert client.get(f"/picture/{page.pk}/0123456789abcdef.png").status_code == 404


def test_the_address_of_a_picture_changes_with_what_is_in_it_and_an_old_one_leads_on(client: Client) -> None:
    page: Page = CampaignPageFactory(title="Before")
    before = urlsplit(told(client, page.url)["og:image"]).path
    page.title = "After"
    page.save_revision().publish()
    now = urlsplit(told(client, page.url)["og:image"]).path

    assert before != now
    assert client.get(before)["Location"] == now
    look = SiteLook.for_site(Site.objects.get())
    look.organisation_name = "Another name"
    look.save()
    assert client.get(now).status_code == 302


def test_a_count_that_grows_changes_nothing_in_the_picture(client: Client) -> None:
    from django.utils import timezone

    from petitions.models import PetitionTotals

    petition = PetitionPageFactory()
    before = told(client, petition.url)
    PetitionTotals.objects.update_or_create(
        petition=petition, defaults={"confirmed": 12_345, "counted_until": timezone.now()}
    )

    assert "12,345" in client.get(petition.url).content.decode()
    assert told(client, petition.url) == before


@pytest.mark.parametrize(
    ("title", "language"),
    [
        (
            "Dați-le lucrătoarelor sexuale dreptul să lucreze împreună, fără teamă de arestare, în siguranță și țară",
            "ro",
        ),
        ("Zażółć gęślą jaźń: żądamy bezpieczeństwa dla wszystkich", "pl"),
        ("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, tŷ, dŵr, ŵyneb", "cy"),
        ("W" * 255, "en"),
    ],
)
def test_long_titles_and_all_letters_fit(title: str, language: str) -> None:
    palette = own_palette("light")
    colours = tuple((name, palette[name]) for name in COLOURS)
    png = picture_of(Drawn(title=title, kind="Petition", name="Safe to Report", language=language, colours=colours))

    assert len(png) < 60_000
    paper = tuple(bytes.fromhex(palette["paper"][1:]))
    with Image.open(BytesIO(png)) as picture:
        rows = picture.convert("RGB").crop((0, 24, 1200, 612))
    # Between words and canopy, and along the left edge, there is nothing but paper.
    for strip in ((0, 0, 60, 588), (800, 250, 818, 588)):
        seen = rows.crop(strip).tobytes()
        assert all(abs(value - paper[place % 3]) < 5 for place, value in enumerate(seen)), strip


def test_every_kind_of_page_says_what_it_is_to_readers() -> None:
    unnamed = {model for model in get_page_models() if model._meta.app_label != "wagtailcore"} - {
        HomePage,
        StandardPage,
    }

    assert {model.__name__ for model in unnamed if not hasattr(model, "kind_for_readers")} == set()
