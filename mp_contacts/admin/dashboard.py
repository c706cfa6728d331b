"""Letters on the page an organiser sees first: what waits, what stands in the way, what is not there yet."""

from typing import Any, Final

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from mp_contacts.models import Constituency, LetterPage
from mp_contacts.overview import letters_summary, page_lines
from mp_contacts.permissions import CHANGE_LETTER_SETTINGS, MODERATE_LETTERS, VIEW_LETTERS, VIEW_MEMBERS
from supporters.models.one_action import originals

SHOWN_PAGES: Final = 8
SHOWN_FAILING: Final = 5


class LettersPanel(Component):
    """Letters from each live page, what waits and is held, offices whose address fails."""

    name = "letters"
    order = 155
    template_name = "mp_contacts/admin/panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def is_shown(self) -> bool:
        """To those who work with letters, where there is anything to write from or to."""
        if not any(self.request.user.has_perm(one) for one in (VIEW_LETTERS, MODERATE_LETTERS, VIEW_MEMBERS)):
            return False
        return LetterPage.objects.exists() or Constituency.objects.exists()

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        pages = list(originals(LetterPage.objects.live().only("title", "state")).order_by("-first_published_at"))
        summary, may = letters_summary(), self.request.user.has_perm
        return {
            "lines": page_lines(pages[:SHOWN_PAGES]),
            "not_shown": max(0, len(pages) - SHOWN_PAGES),
            "summary": summary,
            "failing": summary.failing[:SHOWN_FAILING],
            "more_failing": max(0, len(summary.failing) - SHOWN_FAILING),
            "may_moderate": may(MODERATE_LETTERS),
            "may_view_members": may(VIEW_MEMBERS),
            "may_change_settings": may(CHANGE_LETTER_SETTINGS),
        }
