"""Questions sent in beforehand: read, and kept for the chair or left out."""

from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables
from wagtail.admin import messages

from events.admin.one_event import EventView
from events.models import Question
from events.overview import questions_by_state, questions_in
from events.permissions import MODERATE_QUESTIONS
from events.services import decide_question
from supporters.admin.access import organiser
from supporters.audit import record_audit

READ: Final = "read"
DECISIONS: Final = {"keep": Question.State.KEPT, "refuse": Question.State.REFUSED}
AT_A_TIME: Final = 100


class PressForm(forms.Form):
    """One press: to read, or to decide on those ticked."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in (READ, *DECISIONS)])
    one = forms.Field(required=False, widget=forms.SelectMultiple)

    def clean_one(self) -> list[UUID]:
        try:
            return [UUID(text) for text in (self.cleaned_data["one"] or [])[:AT_A_TIME]]
        except ValueError:
            raise forms.ValidationError("That is not one of those listed.") from None

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("verb") in DECISIONS and not typed.get("one"):
            raise forms.ValidationError("Tick one or more first.")
        return typed


class QuestionsView(EventView):
    """How many there are, and their words when somebody asks to read them. Nobody here sees who asked."""

    permission = MODERATE_QUESTIONS
    template_name = "events/admin/questions.html"
    page_title = "Questions"
    header_icon = "comment"
    done: ClassVar[dict[str, str]] = {"keep": "kept for the chair", "refuse": "left out"}

    @property
    def state(self) -> str:
        """Which are listed; what is not known is taken for those that wait."""
        asked = self.request.GET.get("state", "")
        return asked if asked in Question.State.values else Question.State.WAITING

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        form = PressForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
            return self._page(status=422)
        verb, ticked = form.cleaned_data["verb"], form.cleaned_data["one"]
        if verb == READ:
            return self._page(questions=self._read())
        decided = sum(decide_question(pk, state=DECISIONS[verb], by=organiser(request)) for pk in ticked)
        if decided:
            messages.success(request, f"{decided} {self.done[verb]}.")
        if decided < len(ticked):
            messages.warning(request, f"{len(ticked) - decided} left as before: decided meanwhile, or taken back.")
        return HttpResponseRedirect(request.get_full_path())

    @method_decorator(sensitive_variables())
    def _read(self) -> list[Question]:
        questions = list(questions_in(self.event, self.state)[:AT_A_TIME])
        if questions:
            # On record before the first word is shown.
            record_audit(
                actor=organiser(self.request),
                action="read_questions",
                subject=self.event.title,
                count=len(questions),
            )
        return questions

    def _page(self, *, questions: list[Question] | None = None, status: int = 200) -> HttpResponse:
        counts = questions_by_state(self.event)
        context = self.get_context_data(
            state=self.state,
            states=[(state.value, state.label, counts[state.value]) for state in Question.State],
            number=counts[self.state],
            questions=questions or [],
        )
        return self.render_to_response(context, status=status)
