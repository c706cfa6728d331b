"""Erasing somebody on their request."""

from typing import Any

from django import forms
from django.urls import reverse

from supporters.admin.access import organiser
from supporters.admin.answering import FormView
from supporters.admin.personal import NAMESPACE
from supporters.permissions import ERASE_SUPPORTERS
from supporters.services.erasing import erase_address


class EraseForm(forms.Form):
    """One box between a slip of the hand and the end of a record."""

    is_sure = forms.BooleanField(label="This person asked to be erased, and I know that it was them")


class EraseView(FormView):
    """Forget everything about a person. There is no way back."""

    permission = ERASE_SUPPORTERS
    page_title = "Erase"
    form_class = EraseForm
    button = "Erase for good"
    explanation = (
        "Everything that came with this address is forgotten: details, consents, comments, what waits to be sent, "
        "exports that hold it. Totals stay as they are. The address is never written to again. "
        "This cannot be undone."
    )

    def act(self, form: forms.Form) -> str:
        erase_address(address=self.supporter.email, actor=organiser(self.request))
        return "Erased. Nothing about this person is left."

    def next_url(self) -> str:
        return reverse(f"{NAMESPACE}:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "is_final": True}
