"""One person, understood at a glance."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.widgets.button import HeaderButton

from supporters.admin.access import organiser
from supporters.admin.personal import NAMESPACE, PersonView, find_supporter, inspect_url, may
from supporters.audit import record_audit
from supporters.duplicates import suggestions_for
from supporters.merge_journal import can_be_undone
from supporters.models import CurrentConsent, Merge, Purpose, Supporter, Suppression
from supporters.permissions import CHANGE_SUPPORTERS, ERASE_SUPPORTERS, MERGE_SUPPORTERS, VIEW_SUPPORTERS
from supporters.seats import country_name, seat_name
from supporters.services.correcting import LIFTABLE
from supporters.timeline import timeline_of


class SupporterInspectView(PersonView):
    """Everything about one person. Address, telephone and postcode are shown at the press of a button."""

    permission = VIEW_SUPPORTERS
    template_name = "supporters/admin/inspect.html"
    page_title = "Supporter"
    shows_contact = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        signpost = Supporter.objects.filter(pk=self.kwargs["pk"]).exclude(merged_into=None).first()
        if signpost is not None and signpost.merged_into is not None:
            return redirect(inspect_url(signpost.merged_into))
        return self.render_to_response(self.get_context_data())

    def crumbs(self) -> list[dict[str, str]]:
        return super().crumbs()[:-1]

    def get_page_subtitle(self) -> str:
        return str(self.supporter)

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """What may be done about this person, by whoever looks."""
        offered = [
            (CHANGE_SUPPORTERS, "consent", "Change a consent", "check"),
            (CHANGE_SUPPORTERS, "details", "Correct details", "edit"),
            (CHANGE_SUPPORTERS, "stop", "Stop mail", "mail"),
            (MERGE_SUPPORTERS, "merge_with", "Merge with…", "group"),
            (ERASE_SUPPORTERS, "erase", "Erase", "bin"),
        ]
        return [
            HeaderButton(label, url=reverse(f"{NAMESPACE}:{name}", args=[self.supporter.pk]), icon_name=icon)
            for permission, name, label, icon in offered
            if may(self.request, permission)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        supporter = self.supporter
        may_merge = may(self.request, MERGE_SUPPORTERS)
        suppression = Suppression.objects.filter(email_key=bytes(supporter.email_key)).first()
        return {
            **context,
            "shows_contact": self.shows_contact,
            "country": country_name(supporter.country),
            "constituency": seat_name(supporter.constituency_code),
            "answers": answers_of(supporter),
            "ledger": supporter.consents.select_related("text", "page", "actor").order_by("-asked_at", "-pk"),
            "suppression": suppression,
            "may_open_address": bool(
                suppression and suppression.reason in LIFTABLE and may(self.request, CHANGE_SUPPORTERS)
            ),
            "timeline": timeline_of(supporter),
            "merges": merges_of(supporter),
            "may_merge": may_merge,
            "suggestions": suggestions_for(supporter) if may_merge else [],
        }


class SupporterContactView(SupporterInspectView):
    """The same page with address, telephone and postcode, once somebody answerable asked for them."""

    http_method_names = ["post"]
    shows_contact = True

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.supporter = find_supporter(self.kwargs["pk"])
        record_audit(actor=organiser(request), action="view_supporter", subject=str(self.supporter), count=1)
        return self.render_to_response(self.get_context_data())


def answers_of(supporter: Supporter) -> list[dict[str, Any]]:
    """For each purpose its label and the record of the standing answer, None when they were never asked."""
    standing = {
        one.purpose: one.record
        for one in CurrentConsent.objects.filter(supporter=supporter).select_related("record__text", "record__page")
    }
    return [{"purpose": purpose.label, "record": standing.get(purpose.value)} for purpose in Purpose]


def merges_of(supporter: Supporter) -> list[dict[str, Any]]:
    """The records that are part of this one, and whether each can still be taken out again."""
    merges = Merge.objects.filter(kept=supporter, undone_at=None).select_related("lost", "merged_by")
    return [{"merge": merge, "can_be_undone": can_be_undone(merge)} for merge in merges]
