"""Who may see which part of the workspace."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.generic import View
from wagtail.admin.menu import MenuItem


class NeedsPermission(View):
    """A view that only those with one named permission, or another that will do, reach; Wagtail answers the others."""

    permission: ClassVar[str]
    or_permission: ClassVar[str] = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = [name for name in (self.permission, self.or_permission) if name]
        if not any(request.user.has_perm(name) for name in wanted):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def organiser(request: HttpRequest) -> AbstractUser:
    """Who is acting. Wagtail lets nobody into the workspace who is not signed in."""
    if not isinstance(request.user, AbstractUser):
        raise PermissionDenied
    return request.user


def menu_item_for(*permissions: str) -> type[MenuItem]:
    """A kind of menu item that shows itself to those with any of ``permissions``."""

    class PermittedMenuItem(MenuItem):
        def is_shown(self, request: HttpRequest) -> bool:
            return any(request.user.has_perm(permission) for permission in permissions)

    return PermittedMenuItem
