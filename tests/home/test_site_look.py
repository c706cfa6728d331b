"""An organisation's own colours, logo and fonts: refused where somebody could not read, served as one small sheet."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from wagtail.models import Site

from home.looks.contrast import contrast, near_colour
from home.looks.fonts import MOST_BYTES, FontFile, weights_of
from home.looks.palette import ROLES
from home.models import ParasolImage, SiteLook
from tests.factories.petitions import home_page
from tests.home.pictures import photograph

pytestmark = pytest.mark.django_db

READABLE = {
    "light_paper": "#ffffff",
    "light_ink": "#1a1a1a",
    "light_accent": "#0b5394",
    "light_accent_text": "#ffffff",
    "light_link": "#4c1d7a",
}


def font(*, size: int = 400, tables: bytes = b"", magic: bytes = b"wOF2") -> SimpleUploadedFile:
    """The header of a WOFF2 file, a table directory, and nothing behind it."""
    header = magic + b"\x00\x01\x00\x00" + size.to_bytes(4) + (len(tables) // 2).to_bytes(2)
    return SimpleUploadedFile("ours.woff2", (header.ljust(48, b"\x00") + tables).ljust(size, b"\x00"))


@pytest.fixture
def look() -> SiteLook:
    home_page()
    return SiteLook.for_site(Site.objects.get(is_default_site=True))


def saved(look: SiteLook, **values: object) -> SiteLook:
    for name, value in values.items():
        setattr(look, name, value)
    look.full_clean()
    look.save()
    return look


def sheet_address(client: Client) -> str:
    html = client.get("/").content.decode()
    return html.partition('href="/look/')[2].partition('"')[0]


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_what_wcag_and_the_database_say(one: str, other: str, ratio: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT home_contrast(%s, %s), home_contrast('', %s)", [one, other, other])
        [measured, of_nothing] = cursor.fetchone()

    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert measured == pytest.approx(contrast(one, other))
    assert of_nothing is None


def test_a_colour_nobody_can_read_is_refused_with_one_that_would_do(look: SiteLook) -> None:
    with pytest.raises(ValidationError) as refused:
        saved(look, **READABLE | {"light_accent": "#ff8800"})

    [said] = refused.value.message_dict["light_accent"]
    assert "Accent #ff8800 on Paper #ffffff has a contrast of 2.39 to 1, and needs 4.5 to 1 at least." in said
    offered = said.removesuffix(" would do.").rpartition(" ")[2]
    assert saved(look, **READABLE | {"light_accent": offered}).light_accent == offered


@pytest.mark.parametrize("wrong", [{"light_ink": "#666666"}, {"light_link": ""}])
def test_the_database_refuses_what_did_not_come_through_the_form(look: SiteLook, wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteLook.objects.filter(pk=look.pk).update(**READABLE | wrong)


@pytest.mark.parametrize("typed", ["red", "#12345", "url(x)", "#fff;}", "\x00"])
def test_what_is_no_colour_is_refused(look: SiteLook, typed: str) -> None:
    with pytest.raises(ValidationError):
        saved(look, **READABLE | {"light_paper": typed})


def test_no_shade_is_offered_where_none_would_do() -> None:
    assert near_colour("#123456", {"#808080": 7.0}) is None


def test_a_site_with_nothing_of_its_own_asks_for_nothing_more(client: Client, look: SiteLook) -> None:
    assert sheet_address(client) == ""
    assert client.get("/look/0123456789abcdef.css").status_code == 404


def test_the_sheet_may_be_kept_for_ever_until_its_name_changes(client: Client, look: SiteLook) -> None:
    saved(look, **READABLE)
    first = sheet_address(client)
    answer = client.get(f"/look/{first}")
    saved(look, light_accent="#7a1f5c")

    assert answer["Content-Type"].startswith("text/css")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--red:#0b5394;" in answer.content.decode()
    assert sheet_address(client) != first
    late = client.get(f"/look/{first}")
    assert "--red:#7a1f5c;" in late.content.decode()
    assert "immutable" not in late["Cache-Control"]
    assert '<meta name="theme-color" content="#ffffff"' in client.get("/").content.decode()


def test_a_font_comes_from_here_with_its_licence_and_never_moves_the_text(client: Client, look: SiteLook) -> None:
    with pytest.raises(ValidationError, match="Say whose font it is"):
        saved(look, form_font=font())
    saved(look, form_font=font(), form_licence="Lantern Type, OFL 1.1 */ body{display:none}")
    sheet = client.get(f"/look/{sheet_address(client)}").content.decode()

    assert "font-display:optional" in sheet
    assert 'src:url("/media/fonts/' in sheet
    assert "ours" not in sheet
    assert sheet.startswith("/* Lantern Type, OFL 1.1 * /")


@pytest.mark.parametrize(
    "upload", [font(magic=b"wOFF"), font(size=MOST_BYTES + 1), SimpleUploadedFile("half.woff2", font().read()[:200])]
)
def test_what_is_no_font_or_too_heavy_is_refused(upload: SimpleUploadedFile) -> None:
    with pytest.raises(ValidationError):
        FontFile()(upload)


def test_only_a_variable_font_is_said_to_have_every_weight() -> None:
    assert weights_of(font(tables=bytes([1, 9, 47, 9])).read()) == "100 900"
    assert weights_of(font(tables=bytes([1, 9, 2, 9])).read()) == "400"


def test_a_logo_takes_the_place_of_the_canopy_and_must_say_something(client: Client, look: SiteLook) -> None:
    logo = ParasolImage(title="Logo", file=photograph("png"))
    logo.save()
    with pytest.raises(ValidationError, match="Write what the logo says"):
        saved(look, logo=logo, name_beside_logo=False)
    saved(look, logo=logo, name_beside_logo=False, logo_alt="Safe to Report")
    html = client.get("/").content.decode()

    assert 'alt="Safe to Report"' in html
    assert "canopy--mark" not in html
    assert set(READABLE) == {f"light_{role}" for role in ROLES}
