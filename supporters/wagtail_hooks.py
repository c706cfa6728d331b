"""What this app registers with the organisers' workspace."""

from typing import ClassVar

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from supporters.admin.audit import AuditViewSet
from supporters.admin.consent_texts import ConsentTextViewSet
from supporters.admin.delivery import DeliveryViewSet
from supporters.admin.duplicates import DuplicateViewSet
from supporters.admin.exports import ExportViewSet
from supporters.admin.imports import ImportViewSet
from supporters.admin.mailings import MailingViewSet
from supporters.admin.segments import SegmentViewSet
from supporters.admin.supporters import SupporterViewSet


class SupporterMenu(ViewSetGroup):
    """Everything about people under one heading."""

    menu_label = "Supporters"
    menu_icon = "group"
    menu_order = 160
    items: ClassVar[tuple[type[ViewSet], ...]] = (
        SupporterViewSet,
        DuplicateViewSet,
        SegmentViewSet,
        MailingViewSet,
        ExportViewSet,
        ImportViewSet,
        DeliveryViewSet,
        AuditViewSet,
    )


@hooks.register("register_admin_viewset")
def register_consent_texts() -> ConsentTextViewSet:
    return ConsentTextViewSet()


@hooks.register("register_admin_viewset")
def register_supporter_menu() -> SupporterMenu:
    return SupporterMenu()
