"""Posters and leaflets: what is on the paper leads to the page, is made once, and shows no more than the page does."""

import re
from io import BytesIO

import pytest
import typst
import zxingcpp
from django.test import Client
from PIL import Image
from wagtail.models import PageViewRestriction, Site

from home.models import KeptPoster, SiteLook, StandardPage
from home.posters import making
from home.posters.making import sheet_pdf
from home.posters.sheets import SHEETS
from petitions.models import PetitionState
from tests.factories.petitions import CampaignPageFactory, PetitionPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return CampaignPageFactory(demand="Let two people work together.", summary="Alone is dangerous.")


@pytest.fixture
def drawn(monkeypatch) -> list[Image.Image]:
    """Every page of every sheet that is made, as somebody who holds it sees it."""
    pages: list[Image.Image] = []
    compile_pdf = typst.compile

    def look(main, **options):
        as_picture = {name: options[name] for name in options if name not in {"format", "pdf_standards"}}
        found = compile_pdf(main, format="png", ppi=72, **as_picture)
        pages.extend(Image.open(BytesIO(page)) for page in (found if isinstance(found, list) else [found]))
        return compile_pdf(main, **options)

    monkeypatch.setattr("home.typesetting.typst.compile", look)
    return pages


@pytest.fixture
def set_in_type(monkeypatch) -> list[str]:
    """The sheets that were really set while a test ran."""
    done: list[str] = []
    really = making._set

    def noted(data, sheet):
        done.append(sheet)
        return really(data, sheet)

    monkeypatch.setattr(making, "_set", noted)
    return done


def test_every_code_on_the_paper_leads_to_the_page(campaign, settings, drawn):
    settings.PUBLIC_ORIGIN = "https://parasol.example"
    for sheet in SHEETS:
        sheet_pdf(campaign, sheet)

    shapes = [(page.width, page.height) for page in drawn]
    assert shapes == [(595, 842), (842, 1191), (420, 595), (420, 595)]  # A4, A3, and both sides of A5, in points
    codes = {code.text for page in drawn for code in zxingcpp.read_barcodes(page)}
    assert codes == {f"https://parasol.example/p/{campaign.pk}/"}
    assert all(zxingcpp.read_barcodes(page) for page in drawn)
    assert Client().get(f"/p/{campaign.pk}/", follow=True).context["page"] == campaign


def test_the_sheet_is_read_aloud_in_order(campaign, client):
    """Tagged as PDF/UA-1 asks for, with a title, a language, and words for the code."""
    pdf = client.get(f"/posters/{campaign.pk}/poster-a4.pdf").content

    for mark in (b"pdfuaid:part>1", b"/StructTreeRoot", b"/Lang(en)", b"/Title(Let two people work together.)"):
        assert mark in pdf
    [alternative] = re.findall(rb"/Alt\((.*?)\)", pdf)
    assert alternative == f"QR code that leads to 127.0.0.1:8000/p/{campaign.pk}".encode()


def test_a_sheet_is_made_once_however_often_it_is_asked_for(campaign, client, set_in_type):
    address = f"/posters/{campaign.pk}/poster-a4.pdf"
    first = client.get(address)
    for question in range(3):
        assert client.get(f"{address}?{question}").content == first.content

    assert set_in_type == ["poster-a4"]
    assert first["Cache-Control"].startswith("public")
    assert first["Content-Disposition"] == f'inline; filename="{campaign.slug}-poster-a4.pdf"'

    campaign.demand = "Change it now."
    campaign.save()
    assert client.get(address).content != first.content
    SiteLook.objects.update_or_create(site=campaign.get_site(), defaults={"organisation_name": "Umbrella Hall"})
    client.get(address)
    assert (len(set_in_type), KeptPoster.objects.count()) == (3, 1)


@pytest.mark.parametrize(
    "close",
    [
        lambda petition: petition.unpublish(),
        lambda petition: PageViewRestriction.objects.create(page=petition, restriction_type="login"),
        lambda petition: type(petition).objects.filter(pk=petition.pk).update(state=PetitionState.WON),
    ],
    ids=["draft", "restricted", "over"],
)
def test_what_is_not_open_to_everybody_has_no_poster(client, close):
    petition = PetitionPageFactory()
    close(petition)

    assert client.get(f"/posters/{petition.pk}/poster-a4.pdf").status_code == 404
    page = client.get(petition.url, follow=True).content.decode()
    assert f"/posters/{petition.pk}/" not in page


def test_there_is_no_sheet_of_another_name_or_of_another_kind_of_page(campaign, client):
    assert client.get(f"/posters/{campaign.pk}/poster-a0.pdf").status_code == 404
    assert client.get(f"/posters/{campaign.get_parent().pk}/poster-a4.pdf").status_code == 404


def test_whatever_is_typed_is_set(drawn):
    """The longest there is, letters that no font has, and what typst would read as commands."""
    petition = PetitionPageFactory(title="#panic() $x$ *" + "Łódź" * 50, ask="Wezwij ministra \U0001f6bd\u202e " * 12)

    assert sheet_pdf(petition, "leaflet-a5").startswith(b"%PDF")
    front, back = drawn[2:]  # once more, without the letters that no font has
    assert zxingcpp.read_barcodes(front)[0].text == zxingcpp.read_barcodes(back)[0].text


def test_the_short_address_leads_to_nothing_that_is_only_for_who_has_the_link(client, campaign):
    page = campaign.add_child(instance=StandardPage(title="How to reach a safe flat", slug="safe-flat"))

    assert client.get(f"/p/{page.pk}/").status_code == 404
    assert client.get(f"/p/{campaign.pk}/")["Location"] == campaign.url


def test_a_poster_is_made_while_no_site_is_set_up(client, campaign):
    Site.objects.all().delete()

    assert client.get(f"/posters/{campaign.pk}/poster-a4.pdf").status_code == 200
