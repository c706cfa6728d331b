"""What this app registers with the organisers' workspace."""

from collections.abc import Iterator
from typing import ClassVar

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from home.models import User
from petitions.admin.comments import CommentViewSet
from petitions.admin.dashboard import PetitionsPanel
from petitions.admin.deleting import KEEP_SIGNED
from petitions.admin.hand_in import HandInViewSet
from petitions.admin.paper import PaperSignaturesViewSet
from petitions.admin.petition_lists import CampaignChildrenViewSet, PetitionListViewSet
from petitions.admin.signatures import SignatureViewSet
from petitions.models import PetitionPage
from petitions.permissions import EXPORT_SIGNATURES


class PetitionMenu(ViewSetGroup):
    """Everything about petitions under one heading."""

    menu_label = "Petitions"
    menu_icon = "form"
    menu_order = 150  # behind Wagtail's own "Pages"
    items: ClassVar[tuple[type[ViewSet], ...]] = (
        PetitionListViewSet,
        SignatureViewSet,
        CommentViewSet,
        PaperSignaturesViewSet,
        HandInViewSet,
    )


@hooks.register("register_admin_viewset")
def register_petition_menu() -> PetitionMenu:
    return PetitionMenu()


@hooks.register("register_admin_viewset")
def register_campaign_children() -> CampaignChildrenViewSet:
    return CampaignChildrenViewSet()


@hooks.register("construct_homepage_panels")
def add_petitions_panel(request: HttpRequest, panels: list[Component]) -> None:
    panel = PetitionsPanel(request)
    if panel.is_shown():
        panels.append(panel)


@hooks.register("register_page_header_buttons")
def hand_in_header_button(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from _hand_in_button(page, user)


@hooks.register("register_page_listing_more_buttons")
def hand_in_listing_button(page: Page, user: User, next_url: str | None = None) -> Iterator[Button]:
    yield from _hand_in_button(page, user)


def _hand_in_button(page: Page, user: User) -> Iterator[Button]:
    if isinstance(page.specific_deferred, PetitionPage) and user.has_perm(EXPORT_SIGNATURES):
        yield Button("Hand-in pack", url=reverse("hand_in:pack", args=[page.pk]), icon_name="download", priority=70)


hooks.register("before_delete_page", KEEP_SIGNED.before_delete_page)
hooks.register("before_bulk_action", KEEP_SIGNED.before_bulk_action)
