"""The page on which people search. What they typed is in the answer and nowhere else."""

import logging
from collections.abc import Container
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.core.paginator import Page as PartOfList
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site
from wagtail.search.models import IndexEntry

from home.finding.excerpts import Piece, excerpt_of, highlighted, plain_words
from home.finding.hits import MOST_HITS, SearchUnavailable, page_ids_with, stems_of, words_of
from home.finding.shown import headline_of, kind_of, summary_of
from home.finding.words import SearchForm
from home.models.finding import findable_pages

logger = logging.getLogger("parasol.search")

PER_PAGE: Final = 10


@dataclass(frozen=True)
class Result:
    """One page as a list of results shows it."""

    title: list[Piece]
    kind: str
    url: str
    summary: list[Piece]
    excerpt: list[Piece]


class Told(NamedTuple):
    """What a page says: in its heading, in short, and in all."""

    title: str
    summary: str
    body: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`GET /search/?q=words`: pages in the language of the address. Whoever declares it makes it personal."""
    form = SearchForm(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("q", "")
    context = {"form": form, "words": words, "error": next(iter(form.errors.get("q", [])), "")}
    status = 200
    if words:
        try:
            context |= _answer(request, words)
        except SearchUnavailable as unavailable:
            logger.warning("A search was not answered (%s).", unavailable)
            context["is_unavailable"], status = True, 503
    response = render(request, "home/search.html", context, status=status)
    # The address holds the words. Not even the next page of this site is told where its reader came from.
    response["Referrer-Policy"] = "no-referrer"
    return response


def _answer(request: HttpRequest, words: str) -> dict[str, object]:
    stems = stems_of(words)
    site = Site.find_for_request(request)
    if not stems or site is None:
        return {"is_too_common": not stems}
    pages = findable_pages(site).filter(locale__language_code=get_language())
    found: PartOfList = Paginator(page_ids_with(words, pages), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "found": found,
        "results": _results(request, list(found.object_list), stems),
        "is_cut": found.paginator.count == MOST_HITS,
    }


def _results(request: HttpRequest, ids: list[int], stems: list[str]) -> list[Result]:
    pages = {page.pk: page for page in Page.objects.filter(pk__in=ids).specific()}
    texts = {
        (entry.content_type_id, int(entry.object_id)): entry.body_text
        for entry in IndexEntry.objects.filter(
            object_id__in=[str(pk) for pk in ids], content_type__in={page.content_type_id for page in pages.values()}
        )
    }
    told = {
        pk: Told(headline_of(page), summary_of(page), texts.get((page.content_type_id, pk), ""))
        for pk, page in pages.items()
    }
    found = words_of(stems, plain_words(" ".join(text for one in told.values() for text in one)))
    return [_result(pages[pk].get_url(request) or "", kind_of(pages[pk]), told[pk], found) for pk in ids if pk in pages]


def _result(url: str, kind: str, told: Told, found: Container[str]) -> Result:
    summary = highlighted(told.summary, found)
    return Result(
        title=highlighted(told.title, found),
        kind=kind,
        url=url,
        summary=summary,
        excerpt=[] if any(piece.is_found for piece in summary) else excerpt_of(told.body, found),
    )
