"""What this app registers with the organisers' workspace."""

from typing import ClassVar

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.contrib.settings.registry import register_setting

from mp_contacts.admin.dashboard import LettersPanel
from mp_contacts.admin.deleting import KEEP_WRITTEN
from mp_contacts.admin.held import HeldLetterViewSet
from mp_contacts.admin.letters import LetterViewSet
from mp_contacts.admin.members import MemberViewSet
from mp_contacts.admin.parliament import ParliamentDataViewSet
from mp_contacts.admin.positions import PositionViewSet
from mp_contacts.admin.replies import ReplyViewSet
from mp_contacts.admin.seats import SeatViewSet
from mp_contacts.admin.switches import note_changed_settings
from mp_contacts.admin.syncs import SyncsViewSet
from mp_contacts.models import LetterSettings
from mp_contacts.parliament_queries import ask_in_one_way

register_setting(LetterSettings, icon="mail")
hooks.register("before_serve_page", ask_in_one_way)
hooks.register("after_edit_setting", note_changed_settings)
hooks.register("before_delete_page", KEEP_WRITTEN.before_delete_page)
hooks.register("before_bulk_action", KEEP_WRITTEN.before_bulk_action)


class LetterMenu(ViewSetGroup):
    """Everything about members of Parliament and letters to them under one heading."""

    menu_label = "Letters to MPs"
    menu_icon = "mail"
    menu_order = 155  # behind petitions
    items: ClassVar[tuple[type[ViewSet], ...]] = (
        MemberViewSet,
        SeatViewSet,
        LetterViewSet,
        HeldLetterViewSet,
        ReplyViewSet,
        PositionViewSet,
        ParliamentDataViewSet,
        SyncsViewSet,
    )


@hooks.register("register_admin_viewset")
def register_letter_menu() -> LetterMenu:
    return LetterMenu()


@hooks.register("construct_homepage_panels")
def add_letters_panel(request: HttpRequest, panels: list[Component]) -> None:
    panel = LettersPanel(request)
    if panel.is_shown():
        panels.append(panel)
