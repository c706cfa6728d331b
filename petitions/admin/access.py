"""Who may see which part of the workspace."""

from typing import Any, ClassVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.generic import View
from wagtail.admin.menu import MenuItem

from home.models import User

VIEW_SIGNATURE = "petitions.view_signature"
MODERATE_COMMENTS = "petitions.moderate_comments"
EXPORT_SIGNATURES = "petitions.export_signatures"


class NeedsPermission(View):
    """A view that only those with one named permission reach; Wagtail answers the others."""

    permission: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def organiser(request: HttpRequest) -> User:
    """Who is acting. Wagtail lets nobody into the workspace who is not signed in."""
    return cast("User", request.user)


def menu_item_for(permission: str) -> type[MenuItem]:
    """A kind of menu item that shows itself to those with ``permission``."""

    class PermittedMenuItem(MenuItem):
        def is_shown(self, request: HttpRequest) -> bool:
            return bool(request.user.has_perm(permission))

    return PermittedMenuItem
