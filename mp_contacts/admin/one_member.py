"""One member of Parliament: everything known, and the sheet to take along when going to see them."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages

from mp_contacts.briefing import briefing_about
from mp_contacts.exports.briefings import briefing_pdf
from mp_contacts.models import Answer, LetterPage, Member
from mp_contacts.overview import letters_to
from mp_contacts.permissions import ADD_POSITIONS, CHANGE_MEMBERS, PRINT_BRIEFINGS, VIEW_LETTERS, VIEW_MEMBERS
from mp_contacts.reply_figures import ReplyFigures, reply_figures
from mp_contacts.selectors import Obstacle, obstacle_to
from mp_contacts.services.keeping_members import address_works_again
from supporters.admin.access import NeedsPermission, WorkspacePage, crumb, organiser

NAMESPACE = "members"

WHY_NONE: Final = {
    Obstacle.DISSOLVED: "No letter leaves while Parliament is dissolved.",
    Obstacle.VACANT: "No letter goes to somebody who holds no seat.",
    Obstacle.OPTED_OUT: "No letter of ours goes to this office. People are shown the other ways to write.",
    Obstacle.NO_ADDRESS: "No letter can go: no address is known. Add one, if you know the office's.",
    Obstacle.FAILING: "No letter goes, because the office's address refused the last ones.",
}


class OneMemberPage(WorkspacePage):
    """A page about one member."""

    header_icon = "user"

    @cached_property
    def member(self) -> Member:
        """Whom it is about; raises Http404."""
        member: Member = get_object_or_404(Member.objects.select_related("constituency"), pk=self.kwargs["pk"])
        return member

    def crumbs(self) -> list[dict[str, str]]:
        return [crumb("Members", f"{NAMESPACE}:index")]


class MemberView(OneMemberPage):
    """Everything known about a member. Of the people who wrote there are numbers only."""

    permission = VIEW_MEMBERS
    or_permission = CHANGE_MEMBERS
    template_name = "mp_contacts/admin/member.html"

    def get_page_title(self) -> str:
        return self.member.name

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        member, user = self.member, request.user
        figures = reply_figures([member])[member.pk]
        obstacle = obstacle_to(member)
        context = self.get_context_data(
            member=member,
            seat=member.constituency,
            why_none=WHY_NONE[obstacle] if obstacle else "",
            positions=list(member.positions.select_related("campaign", "added_by").defer("campaign__body")),
            lines=_lines(letters_to(member), figures),
            figures=figures,
            answers=_in_words(figures.answers),
            may_change=user.has_perm(CHANGE_MEMBERS),
            may_print=user.has_perm(PRINT_BRIEFINGS),
            may_add_positions=user.has_perm(ADD_POSITIONS),
            may_view_letters=user.has_perm(VIEW_LETTERS),
        )
        return self.render_to_response(context)


def _lines(written: dict[int, int], figures: ReplyFigures) -> list[dict[str, Any]]:
    """What was written from each page and what came back; pages nobody wrote from are left out."""
    pages = LetterPage.objects.only("title").in_bulk({*written, *figures.by_page})
    return [
        {
            "title": page.title,
            "written": written.get(page.pk, 0),
            "sent": figures.by_page[page.pk].sent if page.pk in figures.by_page else 0,
            "told": figures.by_page[page.pk].told if page.pk in figures.by_page else 0,
            "rate": figures.by_page[page.pk].rate if page.pk in figures.by_page else None,
        }
        for page in sorted(pages.values(), key=lambda page: str(page.title))
    ]


def _in_words(answers: Any) -> list[tuple[str, int]]:
    return [(str(answer.label), answers.get(answer, 0)) for answer in Answer]


class WorksAgainView(NeedsPermission):
    """An organiser has heard from the office: its address takes letters again."""

    permission = CHANGE_MEMBERS
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        member = get_object_or_404(Member, pk=pk)
        if address_works_again(member.pk, by=organiser(request)):
            messages.success(request, "Letters go to this address again.")
        else:
            messages.warning(request, "Nothing was wrong with this address any more.")
        return redirect(reverse(f"{NAMESPACE}:inspect", args=[member.pk]))


class BriefingView(OneMemberPage):
    """The briefing sheet as a page to read or to print."""

    permission = PRINT_BRIEFINGS
    template_name = "mp_contacts/admin/briefing.html"
    page_title = "Briefing sheet"

    def crumbs(self) -> list[dict[str, str]]:
        return [*super().crumbs(), crumb(self.member.name, f"{NAMESPACE}:inspect", self.member.pk)]

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(member=self.member, briefing=briefing_about(self.member)))


class BriefingPdfView(OneMemberPage):
    """The briefing sheet as a tagged PDF. It names nobody who wrote."""

    permission = PRINT_BRIEFINGS

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        # A name that says nothing about whom it is about: it is seen in download folders and on shared screens.
        name = f"briefing-{timezone.localdate().isoformat()}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(briefing_pdf(briefing_about(self.member)), content_type="application/pdf", headers=headers)
