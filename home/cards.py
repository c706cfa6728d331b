"""How pages people can act on present themselves, without this app knowing what they are."""

from collections.abc import Iterable
from typing import NotRequired, Protocol, TypedDict, runtime_checkable

from django.http import HttpRequest
from wagtail.models import Page

from home.translations import in_this_language


class ActionCard(TypedDict):
    """What a listing shows of a page that asks for an action.

    ``figure`` is a number of people and ``label`` what it counts ("signatures"); ``percent`` (0–100) opens
    the canopy; ``state`` is set once the action is over ("Handed in"); ``when`` is the time of what has one, in words.
    """

    kind: str
    title: str
    ask: str
    url: str
    figure: int
    label: str
    percent: NotRequired[int]
    illustration: NotRequired[str]
    state: NotRequired[str]
    when: NotRequired[str]


@runtime_checkable
class ActionPage(Protocol):
    """Any page that can be acted on. Petitions, letters and events each answer in their own way."""

    def get_action_card(self) -> ActionCard:
        """The page's card. ``url`` may be empty when the page has no address yet."""


def action_cards(pages: Iterable[Page], request: HttpRequest | None = None) -> list[ActionCard]:
    """The cards of those ``pages`` that are live, open to everyone and ask for an action, in the order given.

    Each in the language being read; what nobody has translated into it is not offered.
    """
    cards: list[ActionCard] = []
    for page in in_this_language(pages):
        specific = page.specific
        if not isinstance(specific, ActionPage) or not page.live or page.get_view_restrictions():
            continue
        card = specific.get_action_card()
        cards.append({**card, "url": page.get_url(request) or card["url"]})
    return cards


def open_first(cards: Iterable[ActionCard]) -> list[ActionCard]:
    """``cards`` with those that can still be acted on before those that are over, else in the order given."""
    return sorted(cards, key=lambda card: "state" in card)
