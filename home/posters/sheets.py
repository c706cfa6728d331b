"""Which sheets can be printed, and of which pages."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from home.cards import ActionPage
from home.models import CampaignPage

SHEETS: Final[dict[str, Promise]] = {
    "poster-a4": gettext_lazy("Poster, A4"),
    "poster-a3": gettext_lazy("Poster, A3"),
    "leaflet-a5": gettext_lazy("Leaflet, A5, two sides"),
}
"""Each sheet by the name that its address has."""


@dataclass(frozen=True)
class Sheet:
    """One PDF to print: what it is called, and where it lies."""

    label: Promise
    url: str


def posters_of(page: Page) -> list[Sheet]:
    """The sheets that everybody can have of ``page``; none of a draft, and none that leads to a closed door."""
    if not page.pk or not page.live or not can_be_posted(page) or page.get_view_restrictions():
        return []
    return [Sheet(label, reverse("poster", args=[page.pk, name])) for name, label in SHEETS.items()]


def is_for_posters(page: Page) -> bool:
    """Whether it is a page that posters lead to, though its action may be over: a campaign, or an action."""
    return isinstance(page, ActionPage | CampaignPage)


def can_be_posted(page: Page) -> bool:
    """Whether there is something to put on a wall: a campaign, or an action that is not over."""
    is_draft = not page.live
    if isinstance(page, ActionPage):
        return is_draft or "state" not in page.get_action_card()
    return is_for_posters(page)
