"""Signatures on paper: added with a note, and taken back when they were a mistake."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import BaseForm
from django.urls import URLPattern
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from petitions.models import PaperSignatures
from petitions.services import add_paper_signatures, remove_paper_signatures

PAGES = frozenset({"index", "index_results", "add", "delete"})


class AddPaperSignaturesView(CreateView):
    """A new batch, in the name of whoever enters it."""

    success_message = "Added: %(object)s. The total follows within seconds."

    def save_instance(self) -> PaperSignatures:
        form: BaseForm = self.form
        return add_paper_signatures(**form.cleaned_data, added_by=self.request.user)

    def get_success_buttons(self) -> list[object]:
        return []


class RemovePaperSignaturesView(DeleteView):
    """Takes a batch back. The audit trail keeps how many it was and what its note said."""

    page_title = "Take back"

    @property
    def confirmation_message(self) -> str:
        return (
            f"Take back “{self.object}” from “{self.object.petition.title}”? The total goes down by as many. "
            "To correct a number, take the batch back and add it again."
        )

    def delete_action(self) -> None:
        remove_paper_signatures(batch=self.object, removed_by=self.request.user)


class PaperSignaturesViewSet(ModelViewSet):
    """Batches of signatures on paper. There is no editing: a wrong number is taken back and entered anew."""

    model = PaperSignatures
    name = "paper_signatures"
    url_prefix = "paper-signatures"
    icon = "doc-full"
    menu_label = "Paper signatures"
    add_view_class = AddPaperSignaturesView
    delete_view_class = RemovePaperSignaturesView
    copy_view_enabled = False
    add_to_reference_index = False
    list_export: ClassVar[list[str]] = []
    ordering = "-added_at"
    form_fields: ClassVar[list[str]] = ["petition", "number", "note"]
    list_display: ClassVar[list[str | Column]] = [
        "number",
        Column("petition", label="Petition", accessor="petition.title"),
        Column("note", label="Note"),
        Column("added_by", label="Added by"),
        DateColumn("added_at", label="Added", sort_key="added_at"),
    ]
    list_filter: ClassVar[list[str]] = ["petition"]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = dict.fromkeys(["edit_url_name", "history_url_name", "usage_url_name"])
        options: dict[str, Any] = super().get_common_view_kwargs(**{**absent, **kwargs})
        return options

    def get_permissions_to_register(self) -> QuerySet:
        return super().get_permissions_to_register().exclude(codename__startswith="change_")

    def register_admin_url_finder(self) -> None:
        """There is no edit view to find."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in PAGES]
