"""What this app registers with the organisers' workspace."""

from wagtail import hooks

from supporters.admin.consent_texts import ConsentTextViewSet
from supporters.admin.imports import ImportViewSet


@hooks.register("register_admin_viewset")
def register_consent_texts() -> ConsentTextViewSet:
    return ConsentTextViewSet()


@hooks.register("register_admin_viewset")
def register_imports() -> ImportViewSet:
    return ImportViewSet()
