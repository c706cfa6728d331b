"""Two records side by side, and the decision about them."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages

from supporters.admin.access import organiser
from supporters.admin.answering import FormView
from supporters.admin.finding import found_by
from supporters.admin.inspecting import answers_of
from supporters.admin.personal import NAMESPACE, PersonalView, find_supporter, inspect_url
from supporters.audit import record_audit
from supporters.duplicates import likeness
from supporters.identity import email_key
from supporters.models import Merge, PairDecision, PairVerdict, Supporter
from supporters.permissions import MERGE_SUPPORTERS
from supporters.services.merging import MergeRefused, UndoRefused, merge_supporters, undo_merge
from supporters.services.merging.suppressions import reason_of
from supporters.services.merging.uniting import CHOOSABLE
from supporters.services.pairs import keep_apart
from supporters.timeline import timeline_of

# Compared without being shown: whether they differ is what the decision needs.
HIDDEN = ("phone", "postcode")
LABELS = {
    "name": "Name",
    "phone": "Telephone",
    "postcode": "Postcode",
    "country": "Country",
    "language": "Language",
    "constituency_code": "Constituency",
    "source": "Came from",
}


def compare_url(kept: Supporter, lost: Supporter) -> str:
    """Where ``kept`` and ``lost`` stand side by side."""
    return reverse(f"{NAMESPACE}:compare", args=[kept.pk, lost.pk])


class OtherForm(forms.Form):
    """The other record, by its whole address."""

    email = forms.CharField(
        label="E-mail address of the other record",
        help_text="The whole address. It is not kept; that you searched is.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_email(self) -> bytes:
        try:
            return email_key(self.cleaned_data["email"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class MergeWithView(FormView):
    """Choose whom to compare this person with."""

    permission = MERGE_SUPPORTERS
    page_title = "Merge with another record"
    form_class = OtherForm
    button = "Compare"
    other: Supporter | None = None

    def act(self, form: forms.Form) -> str:
        self.other = found_by({"email_key": form.cleaned_data["email"]}).exclude(pk=self.supporter.pk).first()
        record_audit(
            actor=organiser(self.request),
            action="find_supporters",
            subject=str(self.supporter),
            count=int(bool(self.other)),
        )
        if self.other is None:
            form.add_error("email", "There is no other record with this address.")
            return ""
        return "Look at both before you decide."

    def next_url(self) -> str:
        return compare_url(self.supporter, self.other) if self.other else super().next_url()


class CompareView(PersonalView):
    """Both records, what is the same about them, and three ways to decide."""

    permission = MERGE_SUPPORTERS
    template_name = "supporters/admin/compare.html"
    page_title = "One person or two?"
    header_icon = "group"

    @cached_property
    def pair(self) -> tuple[Supporter, Supporter]:
        """The record to keep, and the one to merge into it; the same one twice is not found."""
        if self.kwargs["kept"] == self.kwargs["lost"]:
            raise Http404
        return find_supporter(self.kwargs["kept"]), find_supporter(self.kwargs["lost"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kept, lost = self.pair
        first, second = sorted(self.pair, key=lambda record: record.pk)
        decision = PairDecision.objects.filter(first=first, second=second).first()
        sides = [
            {
                "supporter": one,
                "url": inspect_url(one),
                "answers": answers_of(one),
                "suppression": reason_of(one),
                "timeline": timeline_of(one),
            }
            for one in (kept, lost)
        ]
        context = self.get_context_data(
            kept=kept,
            lost=lost,
            sides=sides,
            rows=_rows(kept, lost),
            likeness=likeness(kept, lost),
            decision=decision,
            names_differ=bytes(kept.name_key or b"") != bytes(lost.name_key or b""),
            swapped=compare_url(lost, kept),
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        decide = self.decisions.get(request.POST.get("verdict", ""))
        if decide is None:
            return redirect(request.path)
        return decide(self, request)

    def merge(self, request: HttpRequest) -> HttpResponse:
        kept, lost = self.pair
        choices = {name: "lost" for name in CHOOSABLE if request.POST.get(f"take_{name}")}
        try:
            merge_supporters(kept=kept, lost=lost, choices=choices, by=organiser(request))
        except MergeRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        messages.success(request, "The two records are one. You can take that back for 30 days.")
        return redirect(inspect_url(kept))

    def not_the_same(self, request: HttpRequest) -> HttpResponse:
        return self._keep_apart(request, PairVerdict.NOT_SAME)

    def one_person_apart(self, request: HttpRequest) -> HttpResponse:
        return self._keep_apart(request, PairVerdict.KEEP_APART)

    def _keep_apart(self, request: HttpRequest, verdict: PairVerdict) -> HttpResponse:
        one, other = self.pair
        keep_apart(one=one, other=other, verdict=verdict, by=organiser(request))
        messages.success(request, "Remembered. These two are not suggested again.")
        return redirect("duplicates:index")

    decisions: ClassVar[dict[str, Callable[["CompareView", HttpRequest], HttpResponse]]] = {
        "merge": merge,
        PairVerdict.NOT_SAME: not_the_same,
        PairVerdict.KEEP_APART: one_person_apart,
    }


def _rows(kept: Supporter, lost: Supporter) -> list[dict[str, Any]]:
    """Detail by detail: how it stands on both sides, and whether the lost one's may be taken over."""
    return [
        {
            "name": name,
            "label": label,
            "values": _shown(name, getattr(kept, name), getattr(lost, name)),
            "may_be_taken": name in CHOOSABLE and getattr(lost, name) not in {"", getattr(kept, name)},
        }
        for name, label in LABELS.items()
    ]


def _shown(name: str, mine: str, theirs: str) -> tuple[str, str]:
    if name not in HIDDEN:
        return mine or "—", theirs or "—"
    same = bool(mine) and "".join(mine.split()).upper() == "".join(theirs.split()).upper()
    words = "given, the same" if same else "given"
    return words if mine else "—", words if theirs else "—"


class UndoMergeView(PersonalView):
    """Take a merge back."""

    permission = MERGE_SUPPORTERS
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        merge = get_object_or_404(Merge, pk=self.kwargs["pk"])
        try:
            undo_merge(merge=merge, by=organiser(request))
        except UndoRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "The two records are two again, with what each of them did.")
        return redirect(inspect_url(merge.kept))
