"""What this app registers with the organisers' workspace."""

from typing import ClassVar

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from supporters.admin.audit import AuditViewSet
from supporters.admin.consent_texts import ConsentTextViewSet
from supporters.admin.duplicates import DuplicateViewSet
from supporters.admin.segments import SegmentViewSet
from supporters.admin.supporters import SupporterViewSet


class SupporterMenu(ViewSetGroup):
    """Everything about people under one heading."""

    menu_label = "Supporters"
    menu_icon = "group"
    menu_order = 160
    items: ClassVar[tuple[type[ViewSet], ...]] = (SupporterViewSet, DuplicateViewSet)


class ChoosingAndExportingMenu(ViewSetGroup):
    """Choosing people, taking lists of them out, and the record of who did."""

    menu_label = "Lists and records"
    menu_icon = "group"
    menu_order = 161
    items: ClassVar[tuple[type[ViewSet], ...]] = (SegmentViewSet, AuditViewSet)


@hooks.register("register_admin_viewset")
def register_supporter_menu() -> SupporterMenu:
    return SupporterMenu()


@hooks.register("register_admin_viewset")
def register_consent_texts() -> ConsentTextViewSet:
    return ConsentTextViewSet()


@hooks.register("register_admin_viewset")
def register_choosing_and_exporting() -> ChoosingAndExportingMenu:
    return ChoosingAndExportingMenu()
