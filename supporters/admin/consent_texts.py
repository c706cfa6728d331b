"""The words beside the box that asks whether we may write again."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import Field, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from supporters.models import ConsentText
from supporters.services.wording import (
    WordingInUse,
    has_been_shown,
    reword_consent_text,
    write_consent_text,
)

NAMESPACE = "consent_texts"
PAGES = frozenset({"index", "index_results", "add", "edit", "inspect"})
IN_USE = "People have been shown this wording, so it stays as it is. Add a new version and choose that on the page."


class ConsentTextIndexView(IndexView):
    """Every wording, newest version first. The title leads to editing or, once shown to people, to reading."""

    def get_edit_url(self, instance: ConsentText) -> str | None:
        return None if instance.published_at else super().get_edit_url(instance)


class AddConsentTextView(CreateView):
    """A new wording. Its version follows from those there are."""

    success_message = "Added: %(object)s. Choose it under “People's data” on a petition, a letter or an event."

    def save_instance(self) -> ConsentText:
        return write_consent_text(self.form.instance)


class EditConsentTextView(EditView):
    """Rewording, as long as nobody has seen it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.user_has_permission("change") and has_been_shown(get_object_or_404(ConsentText, pk=kwargs["pk"])):
            return self._refuse()
        return super().dispatch(request, *args, **kwargs)

    def save_instance(self) -> ConsentText:
        return reword_consent_text(self.form.instance)

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except WordingInUse:
            # Published by a colleague between opening the form and saving it.
            return self._refuse()

    def _refuse(self) -> HttpResponse:
        messages.warning(self.request, IN_USE)
        return redirect(reverse(f"{NAMESPACE}:inspect", args=[self.kwargs["pk"]]))


class ConsentTextInspectView(InspectView):
    """A wording in full."""

    def get_edit_url(self) -> str | None:
        return None if has_been_shown(self.object) else super().get_edit_url()


class ConsentTextViewSet(ModelViewSet):
    """Wordings are added and, until somebody has been shown them, reworded. None is ever deleted."""

    model = ConsentText
    name = NAMESPACE
    url_prefix = "consent-texts"
    icon = "tick-inverse"
    menu_label = "Consent texts"
    add_to_settings_menu = True
    index_view_class = ConsentTextIndexView
    add_view_class = AddConsentTextView
    edit_view_class = EditConsentTextView
    inspect_view_class = ConsentTextInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    list_export: ClassVar[list[str]] = []
    form_fields: ClassVar[list[str]] = ["purpose", "language", "wording", "controller"]
    inspect_view_fields: ClassVar[list[str]] = [*form_fields, "version", "published_at"]
    list_display: ClassVar[list[str | Column]] = [
        "__str__",
        Column("wording", label="Wording"),
        DateColumn("published_at", label="First shown", sort_key="published_at"),
    ]

    def formfield_for_dbfield(self, db_field: Field, **kwargs: Any) -> forms.Field:
        if db_field.name == "language":
            return forms.ChoiceField(choices=settings.LANGUAGES, help_text=db_field.help_text)
        field: forms.Field = super().formfield_for_dbfield(db_field, **kwargs)
        return field

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = dict.fromkeys(["delete_url_name", "history_url_name", "usage_url_name"])
        options: dict[str, Any] = super().get_common_view_kwargs(**{**absent, **kwargs})
        return options

    def get_permissions_to_register(self) -> QuerySet:
        return super().get_permissions_to_register().exclude(codename__startswith="delete_")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in PAGES]
