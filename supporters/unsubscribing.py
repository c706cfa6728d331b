"""Ending mails by the link in one of them: with its button, or by the mail program's own (RFC 8058)."""

from http import HTTPStatus
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from supporters.audience import personal_page
from supporters.models import ConsentRecord, CurrentConsent, Purpose, Supporter
from supporters.same_origin import cross_site_post
from supporters.services.consent import change_consent, locked_record_of
from supporters.speaking import speaking
from supporters.suppression import Reason, suppress
from supporters.unsubscribe_links import EVERYTHING, read_token

METHOD = "unsubscribed by the link in a mail"


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
@cross_site_post
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """`/unsubscribe/<token>/`: GET shows one button; POST ends the mails at once, whoever sends it.

    A mail provider posts here for its user, from its own machines and as often as it likes: without
    cookie, sign-in or token in a form, and it follows no redirect. Nothing else can be done here than to
    stop, and only with a link that went to the person's own mailbox. The answer is the same whether
    anything was left to stop, or we know the person any more.
    """
    found = read_token(token)
    if found is None:
        return render(request, "supporters/link_gone.html", status=HTTPStatus.NOT_FOUND)
    supporter_id, purpose = found
    if request.method == "POST":
        end_mails(supporter_id, purpose)
    language = Supporter.objects.filter(pk=supporter_id).values_list("language", flat=True).first() or "en"
    template = "unsubscribed" if request.method == "POST" else "unsubscribe"
    with speaking(request, language):
        return render(request, f"supporters/{template}.html", {"is_everything": purpose == EVERYTHING})


@transaction.atomic
def end_mails(supporter_id: UUID, purpose: str) -> None:
    """Take back what a person had agreed to for ``purpose``, or for EVERYTHING, as their own act.

    When no yes is left the address is suppressed besides. Does nothing the second time, nor for somebody
    we have forgotten.
    """
    supporter = locked_record_of(supporter_id)
    if supporter is None:
        return
    given = CurrentConsent.objects.filter(supporter=supporter, choice=ConsentRecord.Choice.GIVEN)
    ending = set(Purpose.values) if purpose == EVERYTHING else {purpose}
    for agreed_to in sorted(ending & set(given.values_list("purpose", flat=True))):
        change_consent(supporter=supporter, purpose=agreed_to, choice=ConsentRecord.Choice.WITHDRAWN, method=METHOD)
    if not given.exists():
        suppress(bytes(supporter.email_key), Reason.ASKED)
