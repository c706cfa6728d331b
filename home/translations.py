"""Pages in the language being read, and the way from one language to another. An address says which; no cookie does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page

from home.public_address import public_address

SAFE: Final = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class LanguageLink:
    """One language a page can be read in. ``name`` is the language's own word for itself."""

    code: str
    name: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Languages:
    """Where a page can be read in other languages; nothing where it is told in one alone.

    ``alternates`` are for search engines: whole addresses by language, and ``x-default`` for everybody else.
    """

    links: Sequence[LanguageLink] = ()
    alternates: Sequence[tuple[str, str]] = ()


def in_this_language(pages: Iterable[Page]) -> list[Page]:
    """Each of ``pages`` as it is told in the language being read, those left out that nobody has translated."""
    locale, known = Locale.get_active(), list(pages)
    foreign = [page.translation_key for page in known if page.locale_id != locale.pk]
    told = Page.objects.live().filter(locale=locale, translation_key__in=foreign) if foreign else ()
    by_key = {page.translation_key: page for page in told}
    found = [page if page.locale_id == locale.pk else by_key.get(page.translation_key) for page in known]
    return [page for page in found if page is not None]


def language_of_source(page: Page) -> str:
    """The language that ``page`` was first written in, and its sources are cited in."""
    first = Page.objects.filter(translation_key=page.translation_key).order_by("pk")
    return first.values_list("locale__language_code", flat=True).first() or settings.LANGUAGE_CODE


def languages_of(page: Page, request: HttpRequest) -> Languages:
    """Every language that ``page`` is public in, in the order of the settings.

    On a page around it (thanks, "check your inbox") the links lead to the same step: its address names the page and
    nothing else, and looking changes nothing. What a form was answered with has no address; then they lead to the page.
    """
    told = page.get_translations(inclusive=True).live().public().select_related("locale")
    by_code = {each.locale.language_code: each for each in told}
    names = {code: name for code, name in settings.LANGUAGES if code in by_code}
    if len(names) < 2:
        return Languages()
    links = [
        LanguageLink(code, name, _address(by_code[code], page, request), is_current=by_code[code].pk == page.pk)
        for code, name in names.items()
    ]
    return Languages(links, _alternates(by_code, names, request))


def languages_of_view(front: Page, request: HttpRequest) -> Languages:
    """The languages of the front page, for a page of our own whose address says a language and nothing else."""
    match = request.resolver_match
    if match is None or match.args or match.kwargs or request.method not in SAFE:
        return Languages()
    paths = paths_of_view(front, match.view_name)
    if len(set(paths.values())) < 2:
        return Languages()
    names, current = dict(settings.LANGUAGES), translation.get_language()
    links = [LanguageLink(code, names[code], path, is_current=code == current) for code, path in paths.items()]
    return Languages(links, _with_default({code: settings.PUBLIC_ORIGIN + path for code, path in paths.items()}))


def paths_of_view(front: Page, view_name: str) -> dict[str, str]:
    """The path of a page of our own by language, for each language that the front page is told in."""
    told = set(front.get_translations(inclusive=True).live().public().values_list("locale__language_code", flat=True))
    return {code: _reverse_in(code, view_name) for code, _name in settings.LANGUAGES if code in told}


def _reverse_in(language: str, view_name: str) -> str:
    with translation.override(language):
        return reverse(view_name)


def _address(told: Page, page: Page, request: HttpRequest) -> str:
    match = request.resolver_match
    if match is not None and request.method in SAFE and list(match.kwargs.values()) == [page.pk]:
        return reverse(match.view_name, args=[told.pk])
    return str(told.get_url(request) or "/")


def _alternates(by_code: dict[str, Page], names: Iterable[str], request: HttpRequest) -> list[tuple[str, str]]:
    match = request.resolver_match
    if match is None or match.url_name != "wagtail_serve":
        return []  # the pages around an action are not for search engines
    return _with_default({code: public_address(by_code[code]) for code in names})


def _with_default(addresses: dict[str, str]) -> list[tuple[str, str]]:
    default = addresses.get(settings.LANGUAGE_CODE) or next(iter(addresses.values()))
    return [*addresses.items(), ("x-default", default)]
