"""What people did is not thrown away with the page they did it on."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import cast

from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page

from supporters.models import Action


@dataclass(frozen=True)
class PageKeeper:
    """Two hooks of Wagtail that refuse to delete a page with actions on it, or a page above one."""

    model: type[Action]
    page_field: str
    """The foreign key from ``model`` to the page."""
    explanation: str
    """What the organiser is told."""

    def before_delete_page(self, request: HttpRequest, page: Page) -> HttpResponse | None:
        """Wagtail's hook for one page."""
        back = get_valid_next_url_from_request(request) or reverse("wagtailadmin_explore", args=[page.get_parent().pk])
        return self._keep(request, [page], back=back)

    def before_bulk_action(
        self, request: HttpRequest, action_type: str, objects: list[Model], action: BulkAction
    ) -> HttpResponse | None:
        """Wagtail's hook for everything ticked in a list."""
        if action_type != "delete" or action.model is not Page:
            return None
        return self._keep(request, cast("list[Page]", objects), back=action.next_url)

    def _keep(self, request: HttpRequest, pages: Iterable[Page], *, back: str) -> HttpResponse | None:
        below = f"{self.page_field}__path__startswith"
        on_pages = reduce(or_, (Q(**{below: page.path}) for page in pages), Q(pk__in=[]))
        # Unconfirmed and withdrawn ones count too: the database keeps a page for any of them.
        if not self.model._default_manager.filter(on_pages).exists():
            return None
        messages.error(request, self.explanation)
        return redirect(back)
