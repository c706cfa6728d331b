"""What a mailing looks like when it arrives: the text as it was written, in the person's own frame."""

import uuid
from typing import Any, Final

from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from supporters.mails import Mail, mail_writer
from supporters.models import Mailing, MailingRecipient, MailingState, Message, Supporter
from supporters.segments import may_be_written_to
from supporters.unsubscribe_links import unsubscribe_url

MAILING: Final = "mailing"
MAILING_TEST: Final = "mailing_test"
TEMPLATE: Final = "supporters/mailing"
# In a test mail the link must lead somewhere, and end nobody's mails.
NOBODY: Final = uuid.UUID(int=0)


@mail_writer(MAILING, says=_("News from the campaign, which you agreed to"))
def mailing_mail(message: Message) -> Mail | None:
    """One person's copy; none any more if it was stopped, or if they have said no since it was queued."""
    recipient = MailingRecipient.objects.select_related("mailing", "supporter").filter(pk=message.subject_id).first()
    if recipient is None or recipient.mailing.state == MailingState.STOPPED:
        return None
    mailing = recipient.mailing
    still_there = Supporter.objects.filter(pk=recipient.supporter_id, merged_into__isnull=True)
    if not still_there.filter(may_be_written_to(mailing.consent_purpose)).exists():
        return None
    # In the transaction that releases the mail to the server: a stopped mailing has contacted nobody.
    still_there.update(last_contacted_at=Now())
    return as_mail(mailing, supporter_id=recipient.supporter_id, language=recipient.supporter.language)


@mail_writer(MAILING_TEST, is_requested=True)
def mailing_test_mail(message: Message) -> Mail | None:
    """The organiser's own look at it, in their own mail program."""
    mailing = Mailing.objects.filter(pk=message.subject_id).first()
    return as_mail(mailing) if mailing else None


def as_mail(mailing: Mailing, *, supporter_id: uuid.UUID = NOBODY, language: str = "en") -> Mail:
    """``mailing`` for one person, with the link that ends such mails for them."""
    url = unsubscribe_url(supporter_id=supporter_id, purpose=mailing.consent_purpose)
    context: dict[str, Any] = {"subject": mailing.subject, "body": mailing.body, "unsubscribe_url": url}
    known = translation.check_for_language(language)
    return Mail(template=TEMPLATE, context=context, language=language if known else "en", unsubscribe_url=url)
