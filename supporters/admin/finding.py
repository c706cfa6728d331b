"""Finding one person by something exact: posted, so that it stands in no URL and no log."""

from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.admin.ui.tables import Table

from supporters.admin.access import organiser
from supporters.admin.personal import PersonalView
from supporters.admin.supporter_list import people, supporter_columns
from supporters.audit import record_audit
from supporters.identity import email_key, name_key, phone_key
from supporters.models import Supporter
from supporters.permissions import VIEW_SUPPORTERS

MOST_SHOWN: Final = 50


class FindSupporterForm(forms.Form):
    """One of three things, whole and exact, or nobody is found."""

    email = forms.CharField(
        label="E-mail address",
        required=False,
        help_text="The whole address.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label="Full name",
        required=False,
        help_text="As they gave it; capitals and accents do not matter.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label="Telephone number", required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean(self) -> dict[str, Any]:
        """Make ``self.keys`` the keyed hashes to look for."""
        typed: dict[str, Any] = super().clean() or {}
        given = {field: value for field, value in typed.items() if value}
        if len(given) != 1:
            raise forms.ValidationError("Fill in one of the three.")
        self.keys = self._keys(**given)
        return typed

    def _keys(self, *, email: str = "", name: str = "", phone: str = "") -> dict[str, bytes]:
        if email:
            try:
                return {"email_key": email_key(email)}
            except ValueError as error:
                raise forms.ValidationError({"email": str(error)}) from None
        key = name_key(name) if name else phone_key(phone)
        if key is None:
            raise forms.ValidationError("There is nothing in this to look for.")
        return {"name_key" if name else "phone_key": key}


def found_by(keys: dict[str, bytes]) -> QuerySet[Supporter]:
    """The people with these keys; an address that was merged into another record leads to that one."""
    if "email_key" in keys:
        known = Supporter.objects.filter(**keys)
        kept = known.filter(merged_into=None).values("pk").union(known.exclude(merged_into=None).values("merged_into"))
        return people().filter(pk__in=kept)
    return people().filter(**keys)


class FindSupporterView(PersonalView):
    """Who has one exact address, full name or telephone number."""

    permission = VIEW_SUPPORTERS
    template_name = "supporters/admin/find.html"
    page_title = "Find somebody"
    header_icon = "search"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=FindSupporterForm()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FindSupporterForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        found = list(found_by(form.keys).order_by("-created_at", "pk")[:MOST_SHOWN])
        record_audit(actor=organiser(request), action="find_supporters", subject="All supporters", count=len(found))
        table = Table(supporter_columns(), found)
        return self.render_to_response(self.get_context_data(form=FindSupporterForm(), found=found, table=table))
