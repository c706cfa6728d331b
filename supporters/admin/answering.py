"""Writing down what a person told us: what they agree to, what to put right, that they want no mail."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_countries import countries
from wagtail.admin import messages

from supporters.admin.access import organiser
from supporters.admin.personal import PersonView, inspect_url
from supporters.audit import record_audit
from supporters.models import ConsentRecord, ConsentText, Purpose, Supporter, Suppression
from supporters.permissions import CHANGE_SUPPORTERS
from supporters.services.consent import ConsentRefused, change_consent
from supporters.services.correcting import correct_details, open_address, stop_mail
from supporters.typed import clean_name, clean_phone

METHODS: Final = [
    (method, method.capitalize())
    for method in ("told us in person", "told us on the phone", "wrote to us", "signed on paper")
]


class FormView(PersonView):
    """One form about one person: shown, checked, and acted on."""

    permission = CHANGE_SUPPORTERS
    template_name = "supporters/admin/form.html"
    form_class: type[forms.Form]
    button = "Save"
    explanation = ""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if form.is_valid() and (said := self.act(form)):
            messages.success(request, said)
            return redirect(self.next_url())
        return self.page(form, status=422)

    def make_form(self, data: Any = None) -> forms.Form:
        return self.form_class(data)

    def act(self, form: forms.Form) -> str:
        """Do it, and say so; or add errors to ``form`` and return nothing."""
        raise NotImplementedError

    def next_url(self) -> str:
        return inspect_url(self.supporter)

    def page(self, form: forms.Form, status: int = 200) -> HttpResponse:
        context = self.get_context_data(form=form, button=self.button, explanation=self.explanation)
        return self.render_to_response(context, status=status)


class ConsentForm(forms.Form):
    """One answer. A yes needs the exact words, how it was said, and where the proof is."""

    purpose = forms.ChoiceField(label="What about", choices=Purpose.choices)
    choice = forms.ChoiceField(
        label="They say",
        choices=[(ConsentRecord.Choice.WITHDRAWN, "No, not any more"), (ConsentRecord.Choice.GIVEN, "Yes")],
        initial=ConsentRecord.Choice.WITHDRAWN,
        widget=forms.RadioSelect,
    )
    method = forms.ChoiceField(label="How we know", choices=METHODS)
    text = forms.ModelChoiceField(
        label="The words they agreed to",
        queryset=ConsentText.objects.exclude(published_at=None),
        required=False,
        help_text="Only for a yes.",
    )
    note = forms.CharField(
        label="Where the proof is",
        max_length=200,
        required=False,
        help_text="For example 'paper list of 3 May'. Nothing personal.",
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("choice") == ConsentRecord.Choice.GIVEN:
            if not typed.get("text"):
                self.add_error("text", "Choose the exact words they agreed to.")
            elif typed["text"].purpose != typed.get("purpose"):
                self.add_error("text", "These words ask about something else.")
            if not typed.get("note"):
                self.add_error("note", "Say where the proof of this yes is.")
        return typed


class ConsentView(FormView):
    """Change a consent. A no is never turned into a yes here."""

    page_title = "Change a consent"
    form_class = ConsentForm
    explanation = "Somebody who said no can only say yes again themselves: by signing, or on their own privacy page."

    def act(self, form: forms.Form) -> str:
        by = organiser(self.request)
        typed = form.cleaned_data
        is_yes = typed["choice"] == ConsentRecord.Choice.GIVEN
        try:
            with transaction.atomic():
                change_consent(
                    supporter=self.supporter,
                    purpose=typed["purpose"],
                    choice=typed["choice"],
                    method=typed["method"],
                    actor=by,
                    note=typed["note"],
                    text=typed["text"] if is_yes else None,
                )
                record_audit(actor=by, action=f"consent_{typed['choice']}", subject=str(self.supporter), count=1)
        except ConsentRefused as refusal:
            form.add_error(None, str(refusal))
            return ""
        return "Written down. The earlier answers stay in the ledger."


class DetailsForm(forms.Form):
    """What the person told us is right. A blank changes nothing; what is to go is ticked.

    Telephone and postcode are not shown: whoever corrects one has just been told the right one.
    """

    name = forms.CharField(max_length=100, required=False)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    postcode = forms.CharField(max_length=12, required=False)
    country = forms.ChoiceField(required=False, choices=[("", "Not known"), *countries])
    language = forms.ChoiceField(choices=settings.LANGUAGES)
    clears = forms.MultipleChoiceField(
        label="Clear",
        required=False,
        choices=[("name", "Name"), ("phone", "Telephone"), ("postcode", "Postcode"), ("country", "Country")],
        widget=forms.CheckboxSelectMultiple,
        help_text="What is ticked is forgotten. What you leave blank above stays as it is.",
    )

    def __init__(self, data: Any, *, supporter: Supporter) -> None:
        shown = {field: getattr(supporter, field) for field in ("name", "country", "language")}
        super().__init__(data, initial=shown)
        for field in ("phone", "postcode"):
            known = "Known, and not shown here." if getattr(supporter, field) else "Not known."
            self.fields[field].help_text = known

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        return clean_name(name) if name else ""

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        return clean_phone(phone) if phone else ""

    def clean_postcode(self) -> str:
        return " ".join(str(self.cleaned_data["postcode"]).upper().split())

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for field in typed.get("clears", []):
            if typed.get(field) and field in self.changed_data:
                self.add_error(field, "Either fill this in, or tick it to be cleared.")
        return typed

    @property
    def changes(self) -> dict[str, str]:
        """What is to be different: new values, and blanks for what was ticked."""
        typed = self.cleaned_data
        filled = {field: typed[field] for field in self.changed_data if field != "clears" and typed[field]}
        return {**filled, **dict.fromkeys(typed["clears"], "")}


class DetailsView(FormView):
    """Correct what is written about somebody."""

    page_title = "Correct details"
    explanation = "The e-mail address is who somebody is, and cannot be changed here."

    def make_form(self, data: Any = None) -> DetailsForm:
        return DetailsForm(data, supporter=self.supporter)

    def act(self, form: forms.Form) -> str:
        if not isinstance(form, DetailsForm) or not form.changes:
            return "Nothing was changed."
        correct_details(supporter=self.supporter, details=form.changes, by=organiser(self.request))
        return "Saved."


class StopForm(forms.Form):
    """How far the stop goes."""

    reason = forms.ChoiceField(
        label="Why",
        choices=[
            (Suppression.Reason.ASKED, "They asked us to stop. Mails that their own act asks for still go out."),
            (Suppression.Reason.BLOCKED, "Block the address for every mail, also for what is asked for with it."),
        ],
        initial=Suppression.Reason.ASKED,
        widget=forms.RadioSelect,
    )


class StopView(FormView):
    """Let no more mail go to this person's address."""

    page_title = "Stop mail"
    form_class = StopForm
    button = "Stop mail"
    explanation = "This outlives everything else: also when the person is erased, the address is not written to."

    def act(self, form: forms.Form) -> str:
        stop_mail(supporter=self.supporter, reason=form.cleaned_data["reason"], by=organiser(self.request))
        return "No more mail goes to this address."


class OpenView(PersonView):
    """Let mail go again to an address that bounced or was blocked."""

    permission = CHANGE_SUPPORTERS
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        supporter: Supporter = self.supporter
        if open_address(supporter=supporter, by=organiser(request)):
            messages.success(request, "The block is lifted.")
        else:
            messages.warning(request, "Nothing was lifted: only a bounce or a block can be.")
        return redirect(inspect_url(supporter))
