"""What is forgotten about people who wrote letters, and when: rules of supporters.retention, carried out hourly.

Whatever happens to a row, it stays in the total.
"""

from datetime import timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_noop

from mp_contacts.delivery.returning import UNDECIDED, return_letter
from mp_contacts.emails import CONFIRM_LIFETIME
from mp_contacts.mail_kinds import CONFIRM_LINK
from mp_contacts.models import Letter, LetterPage, LetterStage
from mp_contacts.services.forgetting import NO_REASON_LEFT
from supporters.models import ActionState, Link, Message, MessageState, PrivacyMode
from supporters.retention import retention_rule

# A day longer than the link that confirms, so that nothing is deleted under somebody's finger.
UNCONFIRMED_LIFETIME = CONFIRM_LIFETIME + timedelta(days=1)
LONGEST_HELD = timedelta(days=14)
TEXT_AFTER_SETTLING = timedelta(days=7)
# Nothing waits this long but for an election or an organiser; its writer's words are not kept for ever.
LONGEST_WAIT = timedelta(days=60)
CLOSED_FOR = timedelta(days=2)
# Long enough to ask, twice, whether the member answered.
SETTLED_FOR = timedelta(days=90)
LONGEST_NAMED = timedelta(days=365)

TEXT: Final = tuple(f"mp_contacts.Letter.{name}" for name in ("address", "subject", "body", "fingerprint"))
WRITER: Final = tuple(f"mp_contacts.Letter.{name}" for name in ("name", "email", "postcode"))
PERSON_KEY: Final = "mp_contacts.Letter.person_key"
NO_TEXT: Final[dict[str, Any]] = {"address": None, "subject": None, "body": None, "fingerprint": None}
NO_WRITER: Final[dict[str, Any]] = {
    "supporter": None,
    "name": None,
    "email": None,
    "postcode": None,
    "wants_updates": False,
    "ticked_texts": [],
}
WAITING: Final = [LetterStage.HELD, LetterStage.QUEUED, LetterStage.SENDING]


@retention_rule(
    "mp_contacts.unconfirmed",
    what=gettext_noop("A letter that you wrote to your MP, and who you are"),
    fields=(*TEXT, *WRITER, PERSON_KEY),
    until=gettext_noop("8 days have passed, if the writer does not confirm the letter"),
)
def forget_unconfirmed() -> int:
    """Delete letters whose writer did not confirm them while the link was good."""
    about_it = {"subject_id": OuterRef("pk")}
    deleted, _ = (
        Letter.objects.filter(state=ActionState.PENDING, created_at__lt=Now() - UNCONFIRMED_LIFETIME)
        .exclude(Exists(Link.objects.filter(**about_it, purpose=CONFIRM_LINK, expires_at__gt=Now())))
        .exclude(Exists(Message.objects.filter(**about_it, state=MessageState.QUEUED)))
        .delete()
    )
    return deleted


@retention_rule(
    "mp_contacts.undecided",
    what=gettext_noop("A letter that an organiser wants to look at first"),
    fields=TEXT,
    until=gettext_noop("a held letter goes back to its writer, 14 days after it was confirmed"),
)
def return_undecided() -> int:
    """Give letters back that were held and nobody decided on: nothing is lost, and nothing waits for ever."""
    undecided = Letter.objects.filter(
        stage=LetterStage.HELD, confirmed_at__lt=Now() - LONGEST_HELD, confirmed_at__gt=Now() - LONGEST_WAIT
    )
    return sum(return_letter(letter_id, why=UNDECIDED) for letter_id in undecided.values_list("pk", flat=True))


@retention_rule(
    "mp_contacts.stuck",
    what=gettext_noop("A letter that waits to be sent, and who wrote it"),
    fields=TEXT,
    until=gettext_noop("a letter has waited for 60 days and could not be sent"),
)
def forget_stuck() -> int:
    """Stop what has waited for two months, and forget what it says and who wrote it."""
    stuck = Letter.objects.filter(stage__in=WAITING, confirmed_at__lt=Now() - LONGEST_WAIT)
    stopped = stuck.update(stage=LetterStage.STOPPED, settled_at=Now(), **NO_TEXT, **NO_WRITER)
    # Long past the days in which an office's server reports trouble.
    sent = Letter.objects.filter(stage=LetterStage.SENT, sent_at__lt=Now() - LONGEST_WAIT)
    return stopped + sent.update(stage=LetterStage.DELIVERED, settled_at=Now(), **NO_TEXT)


@retention_rule(
    "mp_contacts.text",
    what=gettext_noop("What your letter says, and your postal address"),
    fields=TEXT,
    until=gettext_noop("7 days after a letter was delivered, returned or refused"),
)
def forget_texts() -> int:
    """Wipe what settled letters say, where their writers live, and what an organiser said of them."""
    settled = Letter.objects.filter(settled_at__lt=Now() - TEXT_AFTER_SETTLING)
    settled.exclude(refusal__in=["", NO_REASON_LEFT]).update(refusal=NO_REASON_LEFT)
    settled.exclude(hold_reasons=[]).update(hold_reasons=[])
    left = Q(*[(f"{name}__isnull", False) for name in NO_TEXT], _connector=Q.OR)
    return settled.filter(left).update(**NO_TEXT)


@retention_rule(
    "mp_contacts.count_only",
    what=gettext_noop("A letter and who wrote it, on a page that only counts"),
    fields=(*TEXT, *WRITER),
    until=gettext_noop("the letter was delivered, or 7 days after it came back, if the page only counts"),
)
def forget_counted_writers() -> int:
    """Wipe who wrote from count-only pages, as soon as nothing more can happen to the letter.

    One that came back is kept as long as its writer can print it.
    """
    over = Q(stage__in=[LetterStage.DELIVERED, LetterStage.STOPPED]) | Q(settled_at__lt=Now() - TEXT_AFTER_SETTLING)
    counted = _settled().filter(over, _named(), page__privacy_mode=PrivacyMode.COUNT)
    return counted.update(**NO_TEXT, **NO_WRITER)


@retention_rule(
    "mp_contacts.counted",
    what=gettext_noop("The mark that stops anyone from writing twice, on a page that only counts"),
    fields=(PERSON_KEY,),
    until=gettext_noop("2 days after the letter page closed, if it only counts"),
)
def forget_closed_counts() -> int:
    """Wipe the keyed hashes of closed count-only pages: they were there to stop a second letter."""
    pages = _closed_for(CLOSED_FOR).filter(privacy_mode=PrivacyMode.COUNT)
    return _settled().filter(page__in=pages, person_key__isnull=False).update(person_key=None)


@retention_rule(
    "mp_contacts.settled",
    what=gettext_noop("Who wrote a letter, and the mark that stops anyone from writing twice"),
    fields=(*WRITER, PERSON_KEY),
    until=gettext_noop("90 days after the letter page closed, or was taken off the site"),
)
def forget_settled_writers() -> int:
    """Wipe everything about who wrote from long-closed pages; the rows stay, so the totals do."""
    left = Q(person_key__isnull=False) | _named()
    settled = _settled().filter(left, page__in=_closed_for(SETTLED_FOR))
    return settled.update(person_key=None, **NO_WRITER)


@retention_rule(
    "mp_contacts.long_open",
    what=gettext_noop("The name, e-mail address and postcode of who wrote a letter"),
    fields=WRITER,
    until=gettext_noop("a year after the letter was confirmed"),
)
def forget_long_ago_writers() -> int:
    """Wipe who wrote a year ago, however long the page stays open; the keyed hash stays until it closes."""
    return _settled().filter(_named(), confirmed_at__lt=Now() - LONGEST_NAMED).update(**NO_WRITER)


def _settled() -> QuerySet[Letter]:
    return Letter.objects.filter(settled_at__isnull=False)


def _named() -> Q:
    """Anything is left of who wrote."""
    return Q(*[(f"{name}__isnull", False) for name in ("supporter", "name", "email", "postcode")], _connector=Q.OR)


def _closed_for(time: timedelta) -> QuerySet[LetterPage]:
    """Pages that stopped taking letters so long ago; as petitions.retention has it, those taken down after 90 days."""
    LetterPage.objects.filter(live=True, taken_down_at__isnull=False).update(taken_down_at=None)
    LetterPage.objects.filter(live=False, taken_down_at__isnull=True).update(taken_down_at=timezone.now())
    long_ago = timezone.now() - time
    return LetterPage.objects.filter(
        Q(closes_at__lt=long_ago)
        | Q(stopped_collecting_at__lt=long_ago)
        | Q(live=False, taken_down_at__lt=timezone.now() - SETTLED_FOR)
    )
