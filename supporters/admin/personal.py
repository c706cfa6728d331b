"""What every page about one person in the workspace has in common."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_post_parameters

from supporters.admin.access import WorkspacePage, crumb
from supporters.models import Supporter

NAMESPACE = "supporters_admin"


# What is typed here is about somebody, and belongs into no error report.
@method_decorator(sensitive_post_parameters(), name="dispatch")
class PersonalView(WorkspacePage):
    """A page about people, for those with one named permission."""

    header_icon = "user"

    def crumbs(self) -> list[dict[str, str]]:
        return [crumb("Supporters", f"{NAMESPACE}:index")]


class PersonView(PersonalView):
    """A page about one person; a record merged into another is not found here."""

    @cached_property
    def supporter(self) -> Supporter:
        """Whom it is about."""
        return find_supporter(self.kwargs["pk"])

    def crumbs(self) -> list[dict[str, str]]:
        return [*super().crumbs(), crumb(str(self.supporter), f"{NAMESPACE}:inspect", self.supporter.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "supporter": self.supporter, "back": inspect_url(self.supporter)}


def find_supporter(pk: UUID) -> Supporter:
    """The record, unless it was merged or erased; raises Http404."""
    supporter = Supporter.objects.filter(pk=pk, merged_into=None).first()
    if supporter is None:
        raise Http404
    return supporter


def inspect_url(supporter: Supporter) -> str:
    """Where everything about ``supporter`` is shown."""
    return reverse(f"{NAMESPACE}:inspect", args=[supporter.pk])


def may(request: HttpRequest, permission: str) -> bool:
    """Whether the organiser has ``permission``."""
    return bool(request.user.has_perm(permission))
