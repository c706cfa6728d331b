"""Comments: each is read by somebody before the public reads it."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from petitions.models import CommentState, PetitionPage, ShownAs, Signature
from petitions.overview import comments, petition_choices
from petitions.permissions import MODERATE_COMMENTS
from petitions.selectors import public_name
from petitions.services import approve_comment, refuse_comment
from supporters.admin.access import WorkspacePage, menu_item_for

NAMESPACE = "petition_comments"
COMMENTS_A_PAGE = 25
SHORT_TITLE = 60  # characters, so that the choice fits beside the text

Decision = Callable[..., bool]
DECISIONS: Final[dict[str, tuple[Decision, str]]] = {
    "approve": (approve_comment, "approved"),
    "refuse": (refuse_comment, "refused"),
}


class QueueForm(forms.Form):
    """Which comments to look at; part of the address, so that a colleague can be sent there."""

    state = forms.ChoiceField(
        choices=[choice for choice in CommentState.choices if choice[0] != CommentState.NONE], required=False
    )
    petition = forms.ModelChoiceField(petition_choices(), required=False, empty_label="All")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["petition"]
        field.label_from_instance = lambda petition: Truncator(petition.title).chars(SHORT_TITLE)  # type: ignore[attr-defined]

    @property
    def chosen_state(self) -> str:
        return (self.is_valid() and self.cleaned_data["state"]) or CommentState.WAITING

    @property
    def chosen_petition(self) -> PetitionPage | None:
        return self.cleaned_data["petition"] if self.is_valid() else None

    @property
    def query(self) -> str:
        """The choice as it stands in an address."""
        chosen = {"state": self.chosen_state}
        if self.chosen_petition:
            chosen["petition"] = str(self.chosen_petition.pk)
        return urlencode(chosen)


class DecisionForm(forms.Form):
    """One press of a button: what to do, with which comments, and in which state they were seen."""

    verb = forms.ChoiceField(choices=[("approve", "Approve"), ("refuse", "Refuse")])
    seen = forms.ChoiceField(choices=CommentState.choices)
    comment = forms.Field(widget=forms.SelectMultiple, error_messages={"required": "Tick one comment or more first."})

    def clean_comment(self) -> list[UUID]:
        named: list[str] = self.cleaned_data["comment"]
        try:
            return [UUID(text) for text in named[:COMMENTS_A_PAGE]]
        except ValueError:
            raise forms.ValidationError("That is not one of the comments listed.") from None


class CommentQueueView(WorkspacePage):
    """Comments in one state, the one that waited longest first, with a button for each decision."""

    permission = MODERATE_COMMENTS
    template_name = "petitions/admin/comments.html"
    page_title = "Comments"
    header_icon = "comment"

    @cached_property
    def queue(self) -> QueueForm:
        return QueueForm(self.request.GET)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DecisionForm(request.POST)
        if form.is_valid():
            self._decide(form)
        else:
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return HttpResponseRedirect(f"{reverse(f'{NAMESPACE}:index')}?{self.queue.query}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        petition = self.queue.chosen_petition
        waiting = comments(state=self.queue.chosen_state, petition_id=petition.pk if petition else None)
        page = Paginator(waiting, COMMENTS_A_PAGE).get_page(self.request.GET.get("p"))
        context["queue"] = self.queue
        context["state"] = self.queue.chosen_state
        context["page"] = page
        context["rows"] = [CommentRow(signature) for signature in page]
        return context

    def _decide(self, form: DecisionForm) -> None:
        decide, done = DECISIONS[form.cleaned_data["verb"]]
        named = form.cleaned_data["comment"]
        signatures = Signature.objects.filter(pk__in=named).only("pk")
        decided = sum(decide(signature=signature, seen=form.cleaned_data["seen"]) for signature in signatures)
        if decided:
            messages.success(self.request, f"{decided} comment{pluralize(decided)} {done}.")
        if late := len(set(named)) - decided:
            messages.warning(
                self.request,
                f"{late} comment{pluralize(late)} left as {pluralize(late, 'it is,they are')}: "
                "decided by a colleague meanwhile, or withdrawn by the signer.",
            )


class CommentRow:
    """A comment as the queue shows it: the signer appears as they would in public, and no more."""

    def __init__(self, signature: Signature) -> None:
        self.signature = signature
        self.text = signature.comment
        self.petition_title = signature.petition.title
        self.signed_at = signature.confirmed_at
        self.shown_as = ShownAs(signature.shown_as).label
        self.public_name = public_name(signature.name, signature.shown_as)


class CommentViewSet(ViewSet):
    """The queue of comments, for moderators."""

    name = NAMESPACE
    url_prefix = "comments"
    icon = "comment"
    menu_label = "Comments"
    menu_item_class = menu_item_for(MODERATE_COMMENTS)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", CommentQueueView.as_view(), name="index")]
