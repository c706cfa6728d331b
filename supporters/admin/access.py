"""Who may see which part of the workspace."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

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


@method_decorator(personal_page, name="dispatch")
class WorkspacePage(NeedsPermission, WagtailAdminTemplateMixin):
    """A page under its breadcrumbs, for those with the permission; no cache keeps a copy."""

    def crumbs(self) -> list[dict[str, str]]:
        """The pages on the way here, each a ``url`` and a ``label``."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = {"url": "", "label": str(self.get_page_title()), "sublabel": str(self.get_page_subtitle())}
        return [*self.breadcrumbs_items, *self.crumbs(), here]


def crumb(label: str, name: str, *args: object) -> dict[str, str]:
    """One step of the way: the page that ``name`` and ``args`` reverse to."""
    return {"url": reverse(name, args=args), "label": label}


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
