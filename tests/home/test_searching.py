"""Searching the site: what is found, what is not, and that nothing of it stays."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.models import Locale, Page, PageViewRestriction, Site

from home.finding import hits
from home.finding.excerpts import excerpt_of
from home.finding.words import SearchForm
from home.models import KeptOutOfSearch, KeptOutTree, StandardPage
from home.models.finding import findable_pages
from tests.factories.petitions import CampaignPageFactory, PetitionPageFactory, home_page
from tests.factories.translations import translated

pytestmark = pytest.mark.django_db


def html_of(words: str, path: str = "/search/", client: Client | None = None, **more) -> str:
    response = (client or Client()).get(path, {"q": words, **more})
    assert response.status_code == 200
    return response.content.decode()


def reading_page(title: str, text: str = "", **fields) -> StandardPage:
    page = StandardPage(title=title, body=[("paragraph", f"<p>{text}</p>")], **fields)
    return home_page().add_child(instance=page)


def test_what_is_published_is_found_and_what_it_said_before_is_not() -> None:
    page = reading_page("A page", "An umbrella is opened panel by panel.")
    assert "A page" in html_of("umbrellas")

    page.body = [("paragraph", "<p>A parasol.</p>")]
    page.save_revision()
    assert "A page" not in html_of("parasol")
    page.get_latest_revision().publish()

    assert "A page" in html_of("parasol")
    assert "A page" not in html_of("umbrellas")


def test_a_result_says_what_it_is_and_shows_where_the_words_stand() -> None:
    story = [("paragraph", "<p>Rain falls. Three keepers opened the old umbrella at noon [1].</p>")]
    PetitionPageFactory(title="Keep dry", ask="Build a roof.", story=story)

    html = html_of("umbrella keepers")

    for shown in ("Petition", "Keep dry", "Build a roof.", "<mark>keepers</mark>", "<mark>umbrella</mark> at noon."):
        assert shown in html
    assert "1 page has these words" in html


@pytest.mark.parametrize("typed", ["protecție", "protecţie", "PROTECTIE", "protectie"])
def test_accents_do_not_matter(typed: str) -> None:
    reading_page("Legea", "Dreptul la protecție este al tuturor.")

    assert "<mark>protecție</mark>" in html_of(typed)


def test_only_what_everybody_may_read_is_found_and_only_in_the_language_of_the_address() -> None:
    draft, locked, hidden = (reading_page(title, "A zebra.") for title in ("A draft", "For members", "By link only"))
    translated = home_page().copy_for_translation(Locale.objects.get(language_code="ro"))
    translated.save_revision().publish()
    translated.add_child(instance=StandardPage(title="Pagina", body=[("paragraph", "<p>O zebra.</p>")]))
    reading_page("Open to all", "A zebra.")
    draft.unpublish()
    PageViewRestriction.objects.create(page=locked, restriction_type=PageViewRestriction.LOGIN)
    setting = KeptOutOfSearch.for_site(Site.objects.get())
    setting.trees.add(KeptOutTree(page=hidden))
    setting.save()

    english, other = html_of("zebra"), html_of("zebra", "/ro/search/")

    assert [title in english for title in ("Open to all", "A draft", "For members", "By link only", "Pagina")] == [
        True, False, False, False, False
    ]  # fmt: skip
    assert ("Pagina" in other, "Open to all" in other) == (True, False)


def test_what_is_kept_out_of_search_is_not_found_in_another_language() -> None:
    hidden = CampaignPageFactory(title="By link only")
    setting = KeptOutOfSearch.for_site(Site.objects.get())
    setting.trees.add(KeptOutTree(page=hidden))
    setting.save()
    told = translated(hidden, "ro", title="Numai prin link")

    assert told.url not in html_of("link", "/ro/search/")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("zyzzyva", "No page has all of these words"),
        ("the and of", "There is nothing in this to search for"),
        ("!!! :* & | ()", "There is nothing in this to search for"),
        ("word " * 2000, "That is too long to search for."),
        ("\0\0", "We do not keep what you search for."),
    ],
)
def test_whatever_is_typed_gets_a_sentence(typed: str, sentence: str) -> None:
    home_page()

    assert sentence in html_of(typed)


def test_bytes_that_are_no_text_get_a_sentence(client: Client) -> None:
    home_page()

    assert "No page has all of these words" in client.get("/search/?q=umbr%00ella%ED%A0%80").content.decode()


@hypothesis_settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60))
def test_no_text_breaks_the_query(typed: str) -> None:
    form = SearchForm({"q": typed})
    if form.is_valid() and form.cleaned_data["q"] and hits.stems_of(form.cleaned_data["q"]):
        assert hits.page_ids_with(form.cleaned_data["q"], Page.objects.filter(depth=0)) == []


def test_results_come_a_few_at_a_time(monkeypatch) -> None:
    monkeypatch.setattr("home.finding.search_page.PER_PAGE", 2)
    for number in range(3):
        reading_page(f"Giraffe {number}")

    first, last = html_of("giraffe"), html_of("giraffe", page="2")

    assert (first.count('class="results__item"'), last.count('class="results__item"')) == (2, 1)
    assert 'href="?q=giraffe&amp;page=2"' in first
    assert html_of("giraffe", page="nonsense").count('class="results__item"') == 2


def test_nothing_of_a_search_stays_behind(client: Client, caplog) -> None:
    reading_page("A page", "A quagga.")
    caplog.set_level(logging.DEBUG)

    with CaptureQueriesContext(connection) as queries:
        response = client.get("/search/", {"q": "quagga"})

    assert "<mark>quagga</mark>" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert "quagga" not in caplog.text
    assert not [query["sql"] for query in queries if "quagga" in query["sql"]]
    assert "quagga" not in response.content.decode().partition("</title>")[0]


def test_the_words_are_no_part_of_what_the_database_is_told_to_do() -> None:
    """What a server may log or show as running is the statement; the words are bound to it apart."""
    seen = hits._ask("SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid() AND %s <> ''", ["quagga"])

    assert "$1" in seen[0][0]
    assert "quagga" not in seen[0][0]


def test_a_search_that_takes_too_long_is_given_up_without_naming_its_words(client: Client, caplog, monkeypatch) -> None:
    home_page()
    monkeypatch.setattr(hits, "LONGEST_MS", 20)
    monkeypatch.setattr(hits, "stems_of", lambda words: hits._ask("SELECT pg_sleep(2), %s", [words]))
    monkeypatch.setattr("home.finding.search_page.stems_of", hits.stems_of)

    response = client.get("/search/", {"q": "quagga"})

    assert response.status_code == 503
    assert "Search does not answer at the moment" in response.content.decode()
    assert "OperationalError" in caplog.text
    assert "quagga" not in caplog.text


def test_two_thousand_pages_are_asked_by_the_index() -> None:
    campaign = CampaignPageFactory(title="Campaign", summary="One quokka.")
    # Rows alone: to save two thousand pages takes a minute, and all that matters here is how many there are.
    Page.objects.bulk_create(
        Page(
            title=f"Page {number}", slug=f"page-{number}", depth=campaign.depth + 1, locale=campaign.locale,
            path=f"{campaign.path}{number:04}", url_path=f"{campaign.url_path}page-{number}/",
            content_type_id=campaign.content_type_id,
        )
        for number in range(2000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO wagtailsearch_indexentry (content_type_id, object_id, title_norm, autocomplete, title, body, "
            "title_text, body_text) SELECT content_type_id, id, 1, '', to_tsvector(title), to_tsvector(url_path), "
            "'', '' FROM wagtailcore_page WHERE slug LIKE 'page-%'"
        )
        cursor.execute("ANALYZE wagtailsearch_indexentry, wagtailcore_page")
        pages = findable_pages(Site.objects.get())
        sql, parameters = hits.hits("quokka", pages).query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", parameters)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Bitmap Index Scan" in plan
    assert "Seq Scan on wagtailsearch_indexentry" not in plan
    assert hits.page_ids_with("quokka", pages) == [campaign.pk]


def test_every_page_type_can_be_searched_for_all_that_its_editors_wrote() -> None:
    from django.db.models import TextField
    from wagtail.fields import StreamField
    from wagtail.models import get_page_models

    texts = {
        f"{model.__name__}.{field.name}"
        for model in get_page_models()
        for field in model._meta.local_fields
        if isinstance(field, StreamField | TextField) and not field.name.startswith("_")
    }
    searched = {
        f"{model.__name__}.{field.field_name}"
        for model in get_page_models()
        for field in model.get_searchable_search_fields()
    }

    # Notes between editors; words after an action; what Wagtail's own page keeps for itself.
    ours = {name for name in texts if name.rpartition(".")[2] in {"body", "story", "report", "summary", "lead", "ask"}}
    assert ours
    assert ours - searched == set()


def test_an_excerpt_is_cut_at_words_and_keeps_its_sentence() -> None:
    text = "Before. " * 30 + "Here the Łódź umbrella stands. " + "After. " * 60
    pieces = excerpt_of(text, {"lodz"})
    joined = "".join(piece.text for piece in pieces)

    assert [piece.text for piece in pieces if piece.is_found] == ["Łódź"]
    assert joined.startswith("… ")
    assert joined.endswith(" …")
    assert len(joined) < 260
    assert excerpt_of("Nothing of it here.", {"umbrella"}) == []


def test_an_excerpt_does_not_show_the_seams_between_blocks() -> None:
    [piece, *_rest] = excerpt_of("An umbrella., , Held by two:, and rain", {"held"})

    assert piece.text == "An umbrella. "


def test_the_field_shows_what_was_searched_for() -> None:
    assert 'value="red umbrella"' in html_of("red umbrella")


def test_words_are_marked_by_what_they_mean_and_not_by_how_they_begin() -> None:
    reading_page("Policing", "The police have a policy.")

    html = html_of("police")

    assert "<mark>Policing</mark>" in html
    assert "<mark>police</mark> have a policy." in html
