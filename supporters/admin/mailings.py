"""Mailings: written, looked at, tried out, sent, watched, stopped. Nobody here sees whom they go to."""

from collections.abc import Callable
from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, Table, TitleColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton

from supporters.admin.access import WorkspacePage, crumb, menu_item_for, organiser
from supporters.mailings.advice import advice_on
from supporters.mailings.mail import as_mail
from supporters.mailings.progress import Progress, progress_of
from supporters.mailings.running import people_for
from supporters.mails import put_together
from supporters.models import Mailing, MailingState, Segment
from supporters.permissions import SEND_MAILINGS, VIEW_SUPPORTERS
from supporters.segments import WrongCriteria, how_many
from supporters.services.mailing import NotADraft, delete_draft, save_mailing, send_test, start_mailing, stop_mailing

NAMESPACE: Final = "mailings"
LATEST: Final = 200
NOT_UNDERSTOOD: Final = (
    "This site no longer understands what the segment asks, so nobody would get this. Change it first."
)
TOO_LATE: Final = "That cannot be done any more: a colleague was quicker, or it has gone out."


class MailingForm(forms.ModelForm):
    """What to write, and to whom."""

    class Meta:
        model = Mailing
        fields: ClassVar[list[str]] = ["segment", "consent_purpose", "subject", "body"]
        widgets: ClassVar[dict[str, forms.Widget]] = {"body": forms.Textarea(attrs={"rows": 16})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        segment = self.fields["segment"]
        assert isinstance(segment, forms.ModelChoiceField)  # noqa: S101  (narrows the type)
        segment.queryset, segment.empty_label = Segment.objects.order_by("name"), "Everybody"


class SendForm(forms.Form):
    """The last question before it goes out."""

    sure = forms.BooleanField(
        label="I have read the text above, and it may go out now.",
        error_messages={"required": "Tick the box to say that you have read it."},
    )


class MailingView(WorkspacePage):
    """What the pages of this part have in common."""

    permission = SEND_MAILINGS
    header_icon = "mail"

    def crumbs(self) -> list[dict[str, str]]:
        return [crumb("Mailings", f"{NAMESPACE}:index")]

    @cached_property
    def mailing(self) -> Mailing:
        known = Mailing.objects.select_related("segment", "written_by")
        mailing: Mailing = get_object_or_404(known, pk=self.kwargs["mailing_id"])
        return mailing

    def back_to(self, mailing_id: UUID) -> HttpResponse:
        return HttpResponseRedirect(reverse(f"{NAMESPACE}:show", args=[mailing_id]))


class MailingIndexView(MailingView):
    """Every mailing, the newest first."""

    template_name = "supporters/admin/mailings.html"
    page_title = "Mailings"

    def crumbs(self) -> list[dict[str, str]]:
        return []

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton("Write a mailing", url=reverse(f"{NAMESPACE}:write"), icon_name="plus")]

    def get(self, request: HttpRequest) -> HttpResponse:
        columns = [
            TitleColumn("subject", label="Subject", url_name=f"{NAMESPACE}:show"),
            Column("state", label="State", accessor="get_state_display"),
            Column("segment", label="To", accessor=lambda mailing: mailing.segment or "Everybody"),
            Column("written_by", label="By"),
            DateColumn("created_at", label="Written"),
            DateColumn("started_at", label="Sent"),
        ]
        mailings: QuerySet[Mailing] = Mailing.objects.select_related("segment", "written_by")[:LATEST]
        return self.render_to_response(self.get_context_data(mailings=mailings, table=Table(columns, mailings)))


class WriteMailingView(MailingView):
    """A new draft, or changes to one."""

    template_name = "supporters/admin/write_mailing.html"
    page_title = "Write a mailing"

    def get(self, request: HttpRequest, **kwargs: UUID) -> HttpResponse:
        if kwargs and self.mailing.state != MailingState.DRAFT:
            return self.back_to(self.mailing.pk)
        return self._page(MailingForm(instance=self._instance()))

    def post(self, request: HttpRequest, **kwargs: UUID) -> HttpResponse:
        form = MailingForm(request.POST, instance=self._instance())
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            mailing = save_mailing(mailing=form.instance, by=organiser(request))
        except NotADraft:
            messages.error(request, TOO_LATE)
            return self.back_to(form.instance.pk)
        messages.success(request, "Saved as a draft. Nothing has been sent.")
        return self.back_to(mailing.pk)

    def _instance(self) -> Mailing | None:
        return self.mailing if self.kwargs else None

    def _page(self, form: MailingForm, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)


class ShowMailingView(MailingView):
    """A mailing as people get it, with the buttons its state allows."""

    template_name = "supporters/admin/show_mailing.html"

    def get_page_title(self) -> str:
        return str(self.mailing)

    def get(self, request: HttpRequest, **kwargs: UUID) -> HttpResponse:
        return self._page(SendForm())

    def post(self, request: HttpRequest, **kwargs: UUID) -> HttpResponse:
        verbs: dict[str, Callable[[], HttpResponse]] = {
            "test": self._test,
            "send": self._send,
            "stop": self._stop,
            "delete": self._delete,
        }
        try:
            return verbs.get(request.POST.get("verb", ""), self._again)()
        except NotADraft:
            messages.error(request, TOO_LATE)
            return self._again()

    def _test(self) -> HttpResponse:
        try:
            send_test(mailing=self.mailing, to=organiser(self.request))
        except ValueError:
            messages.error(self.request, "Your account has no address that mail could be sent to.")
        else:
            messages.success(self.request, "On its way to your own address. Read it on a phone as well.")
        return self._again()

    def _send(self) -> HttpResponse:
        form = SendForm(self.request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            count = people_for(self.mailing).count()
        except WrongCriteria:
            messages.error(self.request, NOT_UNDERSTOOD)
            return self._again()
        start_mailing(mailing=self.mailing, by=organiser(self.request), count=count)
        messages.success(self.request, "It is going out. You can leave this page, or stop it here.")
        return self._again()

    def _stop(self) -> HttpResponse:
        number = stop_mailing(mailing=self.mailing, by=organiser(self.request))
        messages.success(self.request, f"Stopped. Taken back: {self._said(number)}. What had left has left.")
        return self._again()

    def _delete(self) -> HttpResponse:
        delete_draft(mailing=self.mailing)
        messages.success(self.request, "The draft is gone.")
        return HttpResponseRedirect(reverse(f"{NAMESPACE}:index"))

    def _again(self) -> HttpResponse:
        return self.back_to(self.mailing.pk)

    def _page(self, form: SendForm, status: int = 200) -> HttpResponse:
        is_draft = self.mailing.state == MailingState.DRAFT
        progress = None if is_draft else progress_of(self.mailing)
        context = self.get_context_data(
            form=form,
            mailing=self.mailing,
            is_draft=is_draft,
            count=self._count() if is_draft else "",
            advice=advice_on(self.mailing.subject) if is_draft else [],
            progress=self._progress(progress) if progress else [],
            can_stop=self.mailing.state == MailingState.SENDING or bool(progress and progress.waiting),
            preview=preview(self.mailing),
        )
        return self.render_to_response(context, status=status)

    def _count(self) -> str:
        try:
            return self._said(people_for(self.mailing).count())
        except WrongCriteria:
            return NOT_UNDERSTOOD

    def _progress(self, progress: Progress) -> list[tuple[str, str]]:
        named = {
            "People it is for": progress.addressed,
            "Still to have their turn": progress.still_to_come,
            "Waiting in the outbox": progress.waiting,
            "Handed to the mail server": progress.sent,
            "Not sent: stopped, failed, or they said no in time": progress.not_sent,
            "Came back": progress.bounced,
            "Marked as spam": progress.complained,
        }
        return [(label, self._said(number) if number else "0") for label, number in named.items()]

    def _said(self, number: int) -> str:
        return how_many(number, is_exact=self.request.user.has_perm(VIEW_SUPPORTERS))


@method_decorator(xframe_options_sameorigin, name="dispatch")
class MailingHtmlView(MailingView):
    """The HTML alone, for the frame on the page above; the frame is sandboxed and nothing in it is fetched."""

    def get(self, request: HttpRequest, **kwargs: UUID) -> HttpResponse:
        return HttpResponse(preview(self.mailing)["html"])


def preview(mailing: Mailing) -> dict[str, str]:
    """Subject, plain text and HTML as they arrive, with a link that ends nobody's mails."""
    email: EmailMultiAlternatives = put_together(as_mail(mailing))
    html, _ = email.alternatives[0]
    return {"subject": str(email.subject), "text": str(email.body), "html": str(html)}


class MailingViewSet(ViewSet):
    """Mailings, for those who may write to supporters."""

    name = NAMESPACE
    url_prefix = "mailings"
    icon = "mail"
    menu_label = "Mailings"
    menu_item_class = menu_item_for(SEND_MAILINGS)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", MailingIndexView.as_view(), name="index"),
            path("write/", WriteMailingView.as_view(), name="write"),
            path("<uuid:mailing_id>/", ShowMailingView.as_view(), name="show"),
            path("<uuid:mailing_id>/html/", MailingHtmlView.as_view(), name="html"),
            path("<uuid:mailing_id>/edit/", WriteMailingView.as_view(), name="edit"),
        ]
