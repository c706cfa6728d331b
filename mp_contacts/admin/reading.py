"""Queues of what somebody must read first. Nothing of it is shown before it is asked for, and asking goes on record."""

from abc import abstractmethod
from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import pluralize
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from wagtail.admin import messages

from supporters.admin.access import WorkspacePage, organiser
from supporters.audit import record_audit

A_PAGE: Final = 25
READ: Final = "read"


class PressForm(forms.Form):
    """One press of a button: what to do, and with which of those listed."""

    one = forms.Field(widget=forms.SelectMultiple, error_messages={"required": "Tick one or more first."})

    def __init__(self, *args: Any, verbs: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"] = forms.ChoiceField(choices=[(verb, verb) for verb in (READ, *verbs)])

    def clean_one(self) -> list[UUID]:
        named: list[str] = self.cleaned_data["one"]
        try:
            return list(dict.fromkeys(UUID(text) for text in named[:A_PAGE]))
        except ValueError:
            raise forms.ValidationError("That is not one of those listed.") from None


# What a moderator writes is for one person, and what they read is somebody's: none of it for an error report.
@method_decorator(sensitive_post_parameters(), name="dispatch")
class ReadingQueue(WorkspacePage):
    """The one that waited longest first, with a button to read and one for each decision."""

    what: ClassVar[str]
    """What one and what several of those listed are called, with a comma between."""
    read_action: ClassVar[str]
    """What the audit trail calls reading."""
    decisions: ClassVar[dict[str, str]]
    """The verb of each button, and what has been done when it was pressed."""
    form_class: ClassVar[type[PressForm]] = PressForm

    @abstractmethod
    def waiting(self) -> QuerySet[Any]:
        """Everything that is listed, in order."""

    @abstractmethod
    def decide(self, pk: UUID, form: PressForm) -> bool:
        """Do what ``form`` says with one; False when it was decided already."""

    def describe(self, row: Any) -> dict[str, Any]:
        """What the list says about one, beside the row itself. Nothing that has to be asked for."""
        return {"row": row}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form_class(request.POST, verbs=list(self.decisions))
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
            # What is being read and what was written stays on the screen.
            return self._page(form=form, reading=self._still_read(form), status=422)
        if form.cleaned_data["verb"] == READ:
            return self._page(reading=form.cleaned_data["one"])
        self._tell(form, decided=sum(self.decide(pk, form) for pk in form.cleaned_data["one"]))
        return HttpResponseRedirect(request.get_full_path())

    def _still_read(self, form: PressForm) -> list[UUID]:
        is_reading = self.request.POST.get("is_reading") == "yes"
        return form.cleaned_data.get("one", []) if is_reading else []

    def _tell(self, form: PressForm, *, decided: int) -> None:
        if decided:
            done = self.decisions[form.cleaned_data["verb"]]
            messages.success(self.request, f"{decided} {self._named(decided)} {done}.")
        if late := len(form.cleaned_data["one"]) - decided:
            messages.warning(
                self.request,
                f"{late} {self._named(late)} left as {pluralize(late, 'it is,they are')}: decided by a colleague "
                "meanwhile, or taken back by the writer.",
            )

    def _named(self, number: int) -> str:
        return pluralize(number, self.what)

    @sensitive_variables()
    def _page(self, *, form: PressForm | None = None, reading: list[UUID] | None = None, status: int = 200) -> Any:
        page = Paginator(self.waiting(), A_PAGE).get_page(self.request.GET.get("p"))
        rows = [self.describe(row) for row in page]
        read = [row for row in rows if row["row"].pk in (reading or [])]
        if read:
            # On record before the first word is shown.
            subject = ", ".join(str(row["row"]) for row in read)
            record_audit(actor=organiser(self.request), action=self.read_action, subject=subject, count=len(read))
        context = self.get_context_data(
            page=page,
            rows=rows,
            read=read,
            ticked=[row["row"].pk for row in read] or (form.cleaned_data.get("one", []) if form else []),
            reason=form.data.get("reason", "") if form else "",
        )
        return self.render_to_response(context, status=status)
