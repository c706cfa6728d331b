"""Petitions in Wagtail's page lists: all of them in one, and each campaign's own among its pages."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.models import CampaignPage
from petitions.admin.columns import attach_figures, figure_columns
from petitions.models import PetitionPage
from supporters.models.one_action import originals


class FiguresMixin:
    """Fetches the figures of the petitions on one page of a list, all at once."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        attach_figures(context["object_list"])
        return context


def _with_figures(columns: list[BaseColumn], *, dropped: set[str], sort_key: str | None = None) -> list[BaseColumn]:
    kept = [column for column in columns if column.name not in dropped]
    status = [column for column in kept if column.name == "status"]
    return [*(column for column in kept if column.name != "status"), *figure_columns(sort_key=sort_key), *status]


class PetitionIndexView(FiguresMixin, IndexView):
    """Every petition the organiser may explore, the one changed last first; each once, whatever its languages."""

    base_columns = _with_figures(
        IndexView.base_columns, dropped={"latest_revision_created_at"}, sort_key="totals__confirmed"
    )

    def get_base_queryset(self) -> QuerySet[Page]:
        return originals(super().get_base_queryset())


class PetitionMenuItem(MenuItem):
    """Shown to whoever may do anything with pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, PetitionIndexView.any_permission_required))


class PetitionListViewSet(PageListingViewSet):
    """All petitions in one list, with what they stand at."""

    name = "petition_list"
    url_prefix = "petitions"
    model = PetitionPage
    icon = "form"
    menu_label = "Petitions"
    menu_item_class = PetitionMenuItem
    index_view_class = PetitionIndexView


class CampaignIndexView(FiguresMixin, ExplorableIndexView):
    """The pages under one campaign, its petitions with their figures."""

    base_columns = _with_figures(ExplorableIndexView.base_columns, dropped={"latest_revision_created_at"})


class CampaignChildrenViewSet(PageViewSet):
    """Takes over the explorer for the children of campaigns; every other view stays Wagtail's own."""

    name = "campaign_children"
    model = PetitionPage
    # Wagtail would only do this by itself if campaigns had no other kind of child.
    parent_models: ClassVar[list[type[Page]]] = [CampaignPage]
    index_view_class = CampaignIndexView

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # A campaign holds pages of other types too; they must not vanish from its list.
        options: dict[str, Any] = super().get_index_view_kwargs(**{"model": Page, **kwargs})
        return options
