"""Who may reach which page about people, and in whose name it is written down."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View
from wagtail.admin.menu import MenuItem

from supporters.audience import personal_page


class NeedsPermission(View):
    """A view that only those with one named permission, or another that will do, reach; Wagtail answers the others."""

    permission: ClassVar[str]
    or_permission: ClassVar[str] = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = [name for name in (self.permission, self.or_permission) if name]
        if not any(request.user.has_perm(name) for name in wanted):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


# What is typed here is about somebody, and belongs into no error report; what is shown, into no cache.
@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(personal_page, name="dispatch")
class PersonalView(NeedsPermission):
    """A page about people, for those with one named permission."""


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
