"""Every reading of the list of members, what it found to be different, and the button that asks for another."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from mp_contacts.models import MemberSync
from mp_contacts.permissions import CHANGE_MEMBERS, VIEW_MEMBERS
from mp_contacts.services.syncing import CannotSync, ask_for_sync
from mp_contacts.syncing.differences import Kind
from mp_contacts.syncing.running import SERVICE
from supporters.admin.access import WorkspacePage, crumb, menu_item_for, organiser

NAMESPACE: Final = "member_syncs"
SHOWN_IN_LIST: Final = 60
LOOK_AGAIN_S: Final = 5


@dataclass(frozen=True)
class KindOfChange:
    """One sort of difference with everything of that sort."""

    label: str
    changes: list[dict[str, str]]


def differences_of(report: dict[str, Any]) -> list[KindOfChange]:
    """What the report of a sync says was different, in the order in which it matters."""
    return [KindOfChange(kind.label, report[kind.value]) for kind in Kind if report.get(kind.value)]


class SyncView(WorkspacePage):
    """What both pages have in common."""

    permission = VIEW_MEMBERS
    or_permission = CHANGE_MEMBERS
    header_icon = "history"
    page_title = "Syncs of members"


class SyncIndexView(SyncView):
    """The newest syncs, and the button."""

    template_name = "mp_contacts/admin/syncs.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        syncs = list(MemberSync.objects.defer("people")[:SHOWN_IN_LIST])
        rows = [(sync, sum(len(kind.changes) for kind in differences_of(sync.report))) for sync in syncs]
        context = self.get_context_data(rows=rows, may_ask=request.user.has_perm(CHANGE_MEMBERS))
        return self.render_to_response(context)


class ShowSyncView(SyncView):
    """One sync: how far it is, or what it found."""

    template_name = "mp_contacts/admin/sync.html"
    page_title = "Sync"

    def crumbs(self) -> list[dict[str, str]]:
        return [crumb("Syncs of members", f"{NAMESPACE}:index")]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        sync = get_object_or_404(MemberSync, pk=pk)
        is_working = sync.state == MemberSync.State.RUNNING
        context = self.get_context_data(
            sync=sync,
            kinds=differences_of(sync.report),
            is_working=is_working,
            read_so_far=len(sync.people),
            is_file=sync.source != SERVICE,
        )
        response = self.render_to_response(context)
        if is_working:
            # The page looks again by itself, without a script.
            response["Refresh"] = str(LOOK_AGAIN_S)
        return response


class AskForSyncView(SyncView):
    """The button: has the worker read the list, and leads back."""

    permission = CHANGE_MEMBERS
    or_permission = ""
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        try:
            is_new = ask_for_sync(actor=organiser(request))
        except CannotSync as error:
            messages.warning(request, str(error))
        else:
            text = "The worker reads the list of members as soon as it can. It takes about ten minutes."
            messages.success(request, text if is_new else "That is planned already; the worker will come to it.")
        return redirect(f"{NAMESPACE}:index")


class SyncsViewSet(ViewSet):
    """Syncs, for those who look after members."""

    name = NAMESPACE
    url_prefix = "member-syncs"
    icon = "history"
    menu_label = "Syncs of members"
    menu_item_class = menu_item_for(VIEW_MEMBERS, CHANGE_MEMBERS)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", SyncIndexView.as_view(), name="index"),
            path("now/", AskForSyncView.as_view(), name="ask"),
            path("<int:pk>/", ShowSyncView.as_view(), name="show"),
        ]
