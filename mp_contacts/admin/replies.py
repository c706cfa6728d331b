"""What members answered, as far as writers chose to show it. Its text is shown here and nowhere else."""

from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from wagtail.admin.viewsets.base import ViewSet

from mp_contacts.admin.reading import PressForm, ReadingQueue
from mp_contacts.models import Position, Reply
from mp_contacts.overview import replies_in
from mp_contacts.permissions import ADD_POSITIONS, MODERATE_LETTERS
from mp_contacts.services.moderating import drop_reply, keep_reply
from supporters.admin.access import menu_item_for, organiser

KEEP, DROP = "keep", "drop"
LISTED = {Reply.State.WAITING.value: "Waiting", Reply.State.KEPT.value: "Kept"}


class RepliesView(ReadingQueue):
    """Replies that wait to be read, or those that were kept."""

    permission = MODERATE_LETTERS
    template_name = "mp_contacts/admin/replies.html"
    page_title = "Replies of members"
    header_icon = "comment"
    what = "reply,replies"
    read_action = "read_replies"
    decisions: ClassVar[dict[str, str]] = {KEEP: "kept", DROP: "dropped, and the text erased"}

    @property
    def state(self) -> str:
        """Which are listed; what is not known is taken for those that wait."""
        asked = self.request.GET.get("state", "")
        return asked if asked in LISTED else Reply.State.WAITING

    def waiting(self) -> QuerySet[Reply]:
        return replies_in(self.state)

    def describe(self, row: Reply) -> dict[str, Any]:
        return {"row": row, "position_url": position_url(row)}

    def decide(self, pk: UUID, form: PressForm) -> bool:
        act = keep_reply if form.cleaned_data["verb"] == KEEP else drop_reply
        return act(pk, by=organiser(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "state": self.state,
            "states": LISTED.items(),
            "may_add_positions": self.request.user.has_perm(ADD_POSITIONS),
        }


def position_url(reply: Reply) -> str:
    """Where a position is drawn from ``reply``: member and campaign are filled in, its text is not."""
    about = {
        "member": reply.member_id,
        "campaign": reply.page.get_parent().pk,
        "drawn_from": Position.DrawnFrom.REPLY.value,
    }
    return f"{reverse('positions:add')}?{urlencode(about)}"


class ReplyViewSet(ViewSet):
    """Replies, for moderators."""

    name = "letter_replies"
    url_prefix = "letter-replies"
    icon = "comment"
    menu_label = "Replies"
    menu_item_class = menu_item_for(MODERATE_LETTERS)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", RepliesView.as_view(), name="index")]
