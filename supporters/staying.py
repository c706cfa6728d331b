"""Asking people who have been silent for long whether they wish to stay, before they are forgotten.

One mail, about a month ahead. Doing nothing is an answer: then everything about them is deleted on time.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from supporters.audience import public_page
from supporters.links import LinkPage, mint_link, register_purpose
from supporters.mails import Mail, mail_writer
from supporters.models import ConsentRecord, CurrentConsent, Link, Message, Supporter, Suppression
from supporters.outbox import queue_message
from supporters.services.consent import locked_record_of, record_consent
from supporters.services.keeping import keep_supporters_for
from supporters.unsubscribe_links import EVERYTHING, unsubscribe_url

STILL_THERE_MAIL: Final = "still_there"
STAY_LINK: Final = "stay"
METHOD: Final = "reconfirmed by mail"

ASK_BEFORE: Final = timedelta(days=30)
# A mail may wait in the outbox for three days.
LINK_LIFETIME: Final = ASK_BEFORE + timedelta(days=3)
ASKED_AT_ONCE: Final = 5_000
"""Every hour, so that a crowd who signed on one day is not written to in one minute."""


def ask_who_stays() -> int:
    """Put the question into the outbox for everybody whose time is a month from over; how many were asked.

    Nobody is asked twice in one silence, nor those who may not be written to or agreed to nothing.
    """
    soon_forgotten = _silent().filter(last_act_at__gt=Now() - keep_supporters_for(), email__isnull=False)
    about_them = {"subject_id": OuterRef("pk")}
    people = (
        soon_forgotten.filter(_has_agreed())
        .exclude(Exists(Link.objects.filter(**about_them, purpose=STAY_LINK)))
        .exclude(Exists(Message.objects.filter(**about_them, kind=STILL_THERE_MAIL)))
        .exclude(Exists(Suppression.objects.filter(email_key=OuterRef("email_key"))))
        .only("email")
        .order_by("last_act_at")[:ASKED_AT_ONCE]
    )
    asked = 0
    with transaction.atomic():
        for person in people.iterator(chunk_size=500):
            queue_message(kind=STILL_THERE_MAIL, subject_id=person.pk, recipient=person.email)
            asked += 1
    return asked


@mail_writer(STILL_THERE_MAIL, says=_("A question whether you wish to stay"))
def still_there_mail(message: Message) -> Mail | None:
    """Asks whether somebody wishes to stay; no longer needed once they did something else here, or left."""
    person = _silent().filter(_has_agreed(), pk=message.subject_id).first()
    if person is None:
        return None
    stop_url = unsubscribe_url(supporter_id=person.pk, purpose=EVERYTHING)
    stay_url = mint_link(purpose=STAY_LINK, subject_id=person.pk, lifetime=LINK_LIFETIME)
    return Mail(
        template="supporters/still_there",
        context={"stay_url": stay_url, "stop_url": stop_url},
        language=person.language,
        unsubscribe_url=stop_url,
    )


@transaction.atomic
def stay(supporter_id: UUID) -> bool:
    """Record that a person wishes to stay: the same yes to the same words, given anew, today.

    False when there is no yes to give anew. Once, however often it is called; and who has done something else
    here in the meantime has stayed by that.
    """
    person = locked_record_of(supporter_id)
    if person is None:
        return False
    agreed = list(_agreed_by(person).select_related("record__text").order_by("purpose"))
    if agreed and _silent().filter(pk=person.pk).exists():
        for answer in agreed:
            record_consent(
                supporter=person,
                text=answer.record.text,
                choice=ConsentRecord.Choice.GIVEN,
                method=METHOD,
                page_id=None,
                asked_at=timezone.now(),
            )
        Supporter.objects.filter(pk=person.pk).update(last_act_at=Now())
    return bool(agreed)


class Stay:
    """The link in the mail: shows what staying means, and a button."""

    name = STAY_LINK

    def page(self, subject_id: UUID) -> LinkPage | None:
        person = Supporter.objects.select_related("merged_into").filter(pk=subject_id).first()
        person = person.merged_into or person if person else None
        if person is None or not (agreed := list(_agreed_by(person).select_related("record__text"))):
            return None
        return LinkPage(
            title=_("Stay on the list"),
            template="supporters/links/stay.html",
            context={"wordings": [answer.record.text.wording for answer in agreed]},
            button=_("Yes, I would like to stay"),
            language=person.language,
        )

    def act(self, subject_id: UUID) -> str | None:
        return reverse("supporters:stayed") if stay(subject_id) else None


register_purpose(Stay())


@require_safe
@public_page
def stayed(request: HttpRequest) -> HttpResponse:
    """`/staying/`: thanks somebody whom it does not know."""
    return render(request, "supporters/stayed.html")


def _silent() -> QuerySet[Supporter]:
    """People whose time is over in a month or less."""
    return Supporter.objects.filter(merged_into=None, last_act_at__lt=Now() - (keep_supporters_for() - ASK_BEFORE))


def _has_agreed() -> Exists:
    return Exists(CurrentConsent.objects.filter(supporter=OuterRef("pk"), choice=ConsentRecord.Choice.GIVEN))


def _agreed_by(person: Supporter) -> QuerySet[CurrentConsent]:
    return CurrentConsent.objects.filter(supporter=person, choice=ConsentRecord.Choice.GIVEN)
