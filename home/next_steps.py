"""What to ask of somebody who has just acted.

The thank-you page is the only place that knows what was done: its address names the page, the same for everybody,
and nothing is stored. Nothing of it is passed on. A campaign page with "?done=petition" behind its address would
tell whoever is sent that link what the sender did, and would be kept by caches once for every such ending; so a
campaign page stays the same for all, and the order that suits somebody who has acted is the thank-you page's own.
"""

from typing import Any, Final

from django.http import HttpRequest
from wagtail.models import Page

from home.cards import ActionCard, action_cards
from home.models import CampaignPage

STEPS: Final = ("petition", "letter", "event")
"""Kinds of action from the quickest to the one that asks most; after the last the first comes again."""
MOST: Final = 3
"""Cards shown. A longer list reads like a bill."""


def next_steps(done: Any, request: HttpRequest | None = None) -> list[ActionCard]:
    """What somebody who has acted on the page ``done`` can do now, the first first; empty when nothing is open.

    What its editor chose comes first. Then the open actions of the same campaign: the next bigger step, then the one
    after it, and more of the same kind at the end, because a second petition is the least that can be asked.
    """
    chosen = [done.next_action] if done.next_action else []
    cards = action_cards(chosen, request)
    campaign = done.get_ancestors().type(CampaignPage).last()
    if campaign is not None:
        taken = {done.translation_key, *(page.translation_key for page in chosen)}
        others = [page for page in _in_campaign(campaign) if page.translation_key not in taken]
        open_cards = [card for card in action_cards(others, request) if "state" not in card]
        cards += sorted(open_cards, key=lambda card: _distance(done.get_action_card()["kind"], card["kind"]))
    return cards[:MOST]


def _in_campaign(campaign: Page) -> list[Page]:
    return list(campaign.get_descendants().live().public().specific())


def _distance(done: str, kind: str) -> int:
    """How many steps ``kind`` is ahead of ``done``; the same kind again is the furthest."""
    if kind not in STEPS or done not in STEPS:
        return len(STEPS) + 1
    return (STEPS.index(kind) - STEPS.index(done)) % len(STEPS) or len(STEPS)
