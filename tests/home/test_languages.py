"""From one language to another by address, and what each language does to numbers and dates."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils.translation import ngettext, override

from home.models import LeavingQuickly, QuickLeaveTree, SiteLook, SiteWords
from tests.factories.petitions import CampaignPageFactory, ConsentTextFactory, PetitionPageFactory, home_page
from tests.factories.translations import translated

pytestmark = pytest.mark.django_db


def html_of(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def petitions() -> tuple:
    ConsentTextFactory(language="ro")
    english = PetitionPageFactory(slug="let-them-go")
    return english, translated(english, "ro", slug="lasati-i")


def test_a_page_leads_to_itself_in_every_language_it_is_told_in_and_sets_no_cookie(client, petitions):
    english, romanian = petitions
    html = html_of(client, romanian.url)

    assert f'<a href="{english.url}" lang="en" hreflang="en">English</a>' in html
    assert f'<a href="{romanian.url}" lang="ro" hreflang="ro" aria-current="true">Română</a>' in html
    assert "Polski" not in html
    for language, path in (("en", english.url), ("ro", romanian.url), ("x-default", english.url)):
        assert f'<link rel="alternate" hreflang="{language}" href="http://127.0.0.1:8000{path}">' in html
    assert '<html lang="ro" dir="ltr">' in html
    assert not client.cookies


@pytest.mark.parametrize("own", ["your-privacy", "leaving-quickly"])
def test_a_page_of_ours_is_told_in_every_language_of_the_front_page(client, petitions, own):
    html = html_of(client, f"/{own}/")

    assert f'<a href="/ro/{own}/" lang="ro" hreflang="ro">Română</a>' in html
    assert f'<link rel="alternate" hreflang="x-default" href="http://127.0.0.1:8000/{own}/">' in html
    assert "Polski" not in html


@pytest.mark.parametrize("step", ["check-your-email", "thank-you", "withdrawn", "too-late"])
def test_a_step_leads_to_the_same_step(client, petitions, step):
    english, romanian = petitions
    html = html_of(client, f"/petitions/{english.pk}/{step}/")

    assert f'href="/petitions/{romanian.pk}/{step}/" lang="ro"' in html
    assert "alternate" not in html


def test_a_form_with_mistakes_leads_to_the_page_and_not_to_where_it_was_sent(client, petitions):
    english, romanian = petitions
    answer = client.post(english.sign_url, {"email": "x"})

    assert f'href="{romanian.url}" lang="ro"' in answer.content.decode()


def test_a_draft_is_in_no_list_and_a_language_nobody_writes_is_nowhere(client, petitions):
    english, romanian = petitions
    romanian.unpublish()

    assert "hreflang" not in html_of(client, english.url)
    assert client.get("/pl/").status_code == 404


def test_a_card_is_shown_in_the_language_being_read_or_not_at_all(client, petitions):
    english, romanian = petitions
    other = PetitionPageFactory(title="In English alone")
    home = home_page()
    home.featured_actions.create(page=english)
    home.featured_actions.create(page=other)
    home.save_revision().publish()
    told = home.get_translation(romanian.locale)
    told.featured_actions.create(page=english)
    told.featured_actions.create(page=other)
    told.save_revision().publish()

    html = html_of(client, "/ro/")
    assert f'href="{romanian.url}"' in html
    assert other.title not in html


def test_the_foot_speaks_the_language_of_the_page_or_says_which_it_speaks(client, petitions):
    _english, romanian = petitions
    look = SiteLook.for_site(home_page().get_site())
    look.tagline = "Safe to report"
    look.save()
    assert '<p lang="en">Safe to report</p>' in html_of(client, romanian.url)

    SiteWords.objects.create(look=look, locale=romanian.locale, tagline="Reclamă fără teamă")
    html = html_of(client, romanian.url)
    assert "<p>Reclamă fără teamă</p>" in html
    assert "Safe to report</p>" not in html


def test_the_way_out_is_there_in_every_language(client, petitions):
    english, romanian = petitions
    setting = LeavingQuickly.for_site(home_page().get_site())
    setting.trees.add(QuickLeaveTree(page=english.get_parent()))
    setting.save()
    away = CampaignPageFactory()

    assert "leave.css" in html_of(client, romanian.url)
    assert "leave.css" not in html_of(client, away.url)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Tuesday 3 March 2026"),
        ("cy", "Dydd Mawrth 3 Mawrth 2026"),
        ("es", "martes 3 de marzo de 2026"),
        ("pl", "wtorek, 3 marca 2026"),
        ("pt", "terça-feira, 3 de março de 2026"),
        ("ro", "marți, 3 martie 2026"),
    ],
)
def test_dates_are_written_as_each_language_writes_them(language, shown):
    with override(language):
        text = Template('{{ day|date:_("l j F Y") }}').render(Context({"day": date(2026, 3, 3)}))
    assert text == shown


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("cy", {1: "llofnod", 2: "lofnod", 3: "llofnod", 11: "llofnod"}),
        ("es", {1: "firma", 2: "firmas", 1_000_000: "de firmas"}),
        ("pl", {1: "podpis", 3: "podpisy", 5: "podpisów", 12: "podpisów", 22: "podpisy"}),
        ("pt", {1: "assinatura", 2: "assinaturas"}),
        ("ro", {1: "semnătură", 2: "semnături", 20: "de semnături", 101: "semnături"}),
    ],
)
def test_numbers_take_the_form_each_language_gives_them(language, said):
    with override(language):
        assert {number: ngettext("signature", "signatures", number) for number in said} == said
