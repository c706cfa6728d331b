"""Letters that wait for a person: released, or given back to their writers with a reason."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from mp_contacts.admin.letters import reasons_in_words
from mp_contacts.admin.reading import PressForm, ReadingQueue
from mp_contacts.models import HoldReason, Letter
from mp_contacts.overview import held_letters
from mp_contacts.permissions import MODERATE_LETTERS
from mp_contacts.services.moderating import LONGEST_REFUSAL, refuse_letter, release_letter
from supporters.admin.access import menu_item_for, organiser
from supporters.seats import seat_name

RELEASE, REFUSE = "release", "refuse"


class HeldForm(PressForm):
    """To refuse takes a reason, which the writer is told."""

    reason = forms.CharField(
        required=False,
        max_length=LONGEST_REFUSAL,
        error_messages={"max_length": f"Keep the reason to {LONGEST_REFUSAL} characters."},
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("verb") == REFUSE and not typed.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Write why, in a sentence: the writer is told.")
        return typed


class HeldLettersView(ReadingQueue):
    """Held letters with the reasons for it. The text of one is shown when somebody asks to read it."""

    permission = MODERATE_LETTERS
    template_name = "mp_contacts/admin/held.html"
    page_title = "Held letters"
    header_icon = "warning"
    what = "letter,letters"
    read_action = "read_held_letters"
    decisions: ClassVar[dict[str, str]] = {
        RELEASE: "released",
        REFUSE: "refused; the writer is told why",
    }
    form_class = HeldForm

    def waiting(self) -> QuerySet[Letter]:
        return held_letters()

    def describe(self, row: Letter) -> dict[str, Any]:
        return {
            "row": row,
            "reasons": reasons_in_words(row),
            "seat": seat_name(row.constituency_code),
            # Only there it helps to decide.
            "shows_address": HoldReason.OTHER_POSTCODE in row.hold_reasons,
        }

    def decide(self, pk: UUID, form: PressForm) -> bool:
        by = organiser(self.request)
        if form.cleaned_data["verb"] == RELEASE:
            return release_letter(pk, by=by)
        return refuse_letter(pk, by=by, reason=form.cleaned_data["reason"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "longest_refusal": LONGEST_REFUSAL}


class HeldLetterViewSet(ViewSet):
    """The hold queue, for moderators."""

    name = "held_letters"
    url_prefix = "held-letters"
    icon = "warning"
    menu_label = "Held letters"
    menu_item_class = menu_item_for(MODERATE_LETTERS)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", HeldLettersView.as_view(), name="index")]
