"""What the petition templates ask for."""

from typing import Any

from django import template

from petitions.forms import SignatureForm
from petitions.models import PetitionPage
from petitions.selectors import PublicComment, public_comments
from supporters.consent_boxes import asked_by
from supporters.models import PrivacyMode
from supporters.typed import AddressForm

register = template.Library()


@register.simple_tag(takes_context=True)
def signature_form(context: dict[str, Any], petition: PetitionPage) -> AddressForm:
    """The form as the visitor sent it, or an empty one; with mistakes where a preview asks for them."""
    form: AddressForm | None = context.get("form")
    if form is not None:
        return form
    sent: dict[str, Any] | None = {} if context.get("is_sent_empty") else None
    if petition.privacy_mode == PrivacyMode.COUNT:
        return AddressForm(sent)
    text = petition.consent_text
    return SignatureForm(
        sent,
        consent_wording=text.wording if text else "",
        consent_text_id=petition.consent_text_id,
        further_consents=asked_by(petition.asked_texts[1:]),
    )


@register.simple_tag
def approved_comments(petition: PetitionPage) -> list[PublicComment]:
    """Comments that a moderator approved and whose writers chose to be shown."""
    return public_comments(petition)
