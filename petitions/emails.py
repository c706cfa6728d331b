"""The mails about a petition. None of them repeats anything that was typed into a form."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from petitions.models import Signature
from petitions.selectors import signature_by_id
from supporters.links import mint_link
from supporters.mails import Mail, mail_writer
from supporters.models import ActionState, Message

CONFIRM_MAIL = "petition_confirm"
ALREADY_SIGNED_MAIL = "petition_already_signed"
CONFIRM_LINK = "petition_confirm"
WITHDRAW_LINK = "petition_withdraw"

CONFIRM_LIFETIME = timedelta(days=7)
# Longer than any signature is kept with a name on it.
WITHDRAW_LIFETIME = timedelta(days=5 * 365)


@mail_writer(CONFIRM_MAIL, is_requested=True, says=_("The button to confirm a signature"))
def confirm_signature_mail(message: Message) -> Mail | None:
    """Asks the owner of the address to confirm; nothing to do once they have, or have withdrawn."""
    signature = signature_by_id(message.subject_id)
    if signature is None or signature.state != ActionState.PENDING:
        return None
    confirm_url = mint_link(purpose=CONFIRM_LINK, subject_id=signature.pk, lifetime=CONFIRM_LIFETIME)
    return _mail("petitions/confirm_signature", signature, confirm_url=confirm_url)


@mail_writer(ALREADY_SIGNED_MAIL, is_requested=True, says=_("A note that a signature counted already"))
def already_signed_mail(message: Message) -> Mail | None:
    """Tells somebody who signed twice that once was enough."""
    signature = signature_by_id(message.subject_id)
    if signature is None or signature.state != ActionState.CONFIRMED:
        return None
    return _mail("petitions/already_signed", signature)


def _mail(template: str, signature: Signature, **links: str) -> Mail:
    withdraw_url = mint_link(purpose=WITHDRAW_LINK, subject_id=signature.pk, lifetime=WITHDRAW_LIFETIME)
    petition = signature.petition.in_language(signature.language)
    context = {**links, "withdraw_url": withdraw_url, "petition": petition, "signature": signature}
    return Mail(template=template, context=context, language=signature.language)
