"""What this app registers with the organisers' workspace."""

from typing import ClassVar

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from supporters.admin.audit import AuditViewSet
from supporters.admin.consent_texts import ConsentTextViewSet
from supporters.admin.delivery import DeliveryViewSet
from supporters.admin.exports import ExportViewSet
from supporters.admin.mailings import MailingViewSet
from supporters.admin.segments import SegmentViewSet


class ChoosingAndExportingMenu(ViewSetGroup):
    """Choosing people, taking lists of them out, and the record of who did."""

    menu_label = "Lists"
    menu_icon = "group"
    menu_order = 161
    items: ClassVar[tuple[type[ViewSet], ...]] = (SegmentViewSet, ExportViewSet, AuditViewSet)


@hooks.register("register_admin_viewset")
def register_consent_texts() -> ConsentTextViewSet:
    return ConsentTextViewSet()


@hooks.register("register_admin_viewset")
def register_choosing_and_exporting() -> ChoosingAndExportingMenu:
    return ChoosingAndExportingMenu()


class MailMenu(ViewSetGroup):
    """Writing to people, and whether it arrives."""

    menu_label = "Mail"
    menu_icon = "mail"
    menu_order = 162
    items: ClassVar[tuple[type[ViewSet], ...]] = (MailingViewSet, DeliveryViewSet)


@hooks.register("register_admin_viewset")
def register_mail() -> MailMenu:
    return MailMenu()
