"""Records that may be one person, the likeliest first."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from supporters.admin.access import menu_item_for
from supporters.admin.merging import compare_url
from supporters.admin.personal import PersonalView
from supporters.duplicates import reasons_in_words
from supporters.models import DuplicateSuggestion
from supporters.permissions import MERGE_SUPPORTERS

A_PAGE: Final = 50


class DuplicatesView(PersonalView):
    """Every suggestion that nobody has decided yet. Found at night; nothing is ever merged by itself."""

    permission = MERGE_SUPPORTERS
    template_name = "supporters/admin/duplicates.html"
    page_title = "Possible duplicates"
    header_icon = "group"

    def get(self, request: HttpRequest) -> HttpResponse:
        suggestions = DuplicateSuggestion.objects.select_related("first", "second").filter(
            first__merged_into=None, second__merged_into=None
        )
        page = Paginator(suggestions, A_PAGE).get_page(request.GET.get("p"))
        rows = [
            {
                "first": one.first,
                "second": one.second,
                "score": one.score,
                "reasons": reasons_in_words(one.reasons),
                "url": compare_url(*_older_first(one)),
            }
            for one in page
        ]
        return self.render_to_response(self.get_context_data(page=page, rows=rows))


def _older_first(suggestion: DuplicateSuggestion) -> tuple:
    """The record that has been here longer is proposed as the one to keep."""
    return tuple(sorted([suggestion.first, suggestion.second], key=lambda one: one.created_at))


class DuplicateViewSet(ViewSet):
    """Possible duplicates, for those who may merge."""

    name = "duplicates"
    url_prefix = "duplicates"
    icon = "group"
    menu_label = "Possible duplicates"
    menu_item_class = menu_item_for(MERGE_SUPPORTERS)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", DuplicatesView.as_view(), name="index")]
