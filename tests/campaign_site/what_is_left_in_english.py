"""What of the demo's translated pages still reads as in English."""

from collections.abc import Callable

from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

from campaign_site.demo import front
from petitions.models import PetitionPage
from tests.campaign_site.words_shown import words_shown

TRANSLATED = ("safe-to-report", "know-your-rights", "if-the-police-come-to-the-door", *front.TRANSLATED)
STEPS = ("check-your-email", "thank-you", "withdrawn", "too-late")
# Names of organisations, places and books, addresses, and what a tab says to hide what is read.
NAMES = {
    front.NAME,
    front.CONTACT,
    f"{front.CONTROLLER}.",
    "Information",
    "San Francisco",
    "Amnesty International",
    "Know Your Rights: a guide for sex workers",
    "Safe Desk Legal Advice (invented)",
    "Lantern Street Outreach (invented)",
    "Migrant Women's Kitchen (invented)",
    *("Bluesky", "Facebook", "Mastodon", "Telegram", "WhatsApp", "X"),
}


def english_left(read: Callable[[str], HttpResponse], language: str) -> dict[str, set[str]]:
    """By address, every text of a translated page or step that the English one has as well, names apart.

    ``read`` asks for an address; each English one is the same for every language.
    """
    left = {}
    for in_english, translated in _pairs(language):
        shown = read(translated)
        assert (shown.status_code, shown["Content-Language"]) == (200, language), translated
        same = _words(shown, language) & _words(read(in_english), "en") - NAMES
        if same:
            left[translated] = same
    return left


def sent_empty(client: Client, language: str) -> set[str]:
    """What the petition says in English when its form comes back with a mistake."""
    english = PetitionPage.objects.get(slug="report-without-fear")
    told = english.get_translations().get(locale__language_code=language)
    answers = [client.post(page.specific.sign_url, {"email": "x"}) for page in (english, told)]
    assert [answer.status_code for answer in answers] == [422, 422]
    return _words(answers[1], language) & _words(answers[0], "en") - NAMES


def _pairs(language: str) -> list[tuple[str, str]]:
    pages = [Page.objects.get(slug=slug, locale__language_code="en") for slug in TRANSLATED]
    pairs = [(page, page.get_translations().live().get(locale__language_code=language)) for page in pages]
    petition, told = pairs[-1]
    steps = [(f"/petitions/{petition.pk}/{step}/", f"/petitions/{told.pk}/{step}/") for step in STEPS]
    return [(page.url, translation.url) for page, translation in pairs] + steps


def _words(response, language: str) -> set[str]:
    return set(words_shown(response.content.decode(), language))
