"""What this app registers with the organisers' workspace."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from events.admin.dashboard import EventsPanel
from events.admin.deleting import KEEP_REGISTERED
from events.admin.rooms import RoomViewSet
from events.admin.viewset import EventsViewSet
from events.models import EventPage
from events.permissions import VIEW_REGISTRATIONS
from home.models import User


@hooks.register("register_admin_viewset")
def register_events() -> EventsViewSet:
    return EventsViewSet()


@hooks.register("register_admin_viewset")
def register_rooms() -> RoomViewSet:
    return RoomViewSet()


@hooks.register("construct_homepage_panels")
def add_events_panel(request: HttpRequest, panels: list[Component]) -> None:
    panel = EventsPanel(request)
    if panel.is_shown():
        panels.append(panel)


@hooks.register("register_page_header_buttons")
def registrations_header_button(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    yield from _registrations_button(page, user)


@hooks.register("register_page_listing_more_buttons")
def registrations_listing_button(page: Page, user: User, next_url: str | None = None) -> Iterator[Button]:
    yield from _registrations_button(page, user)


def _registrations_button(page: Page, user: User) -> Iterator[Button]:
    if isinstance(page.specific_deferred, EventPage) and user.has_perm(VIEW_REGISTRATIONS):
        address = reverse("events_admin:show", args=[page.pk])
        yield Button("Registrations", url=address, icon_name="group", priority=70)


hooks.register("before_delete_page", KEEP_REGISTERED.before_delete_page)
hooks.register("before_bulk_action", KEEP_REGISTERED.before_bulk_action)
