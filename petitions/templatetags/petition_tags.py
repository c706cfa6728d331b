"""What the petition templates ask for."""

from typing import Any

from django import template

from petitions.forms import AddressForm, SignatureForm
from petitions.models import PetitionPage
from petitions.selectors import PublicComment, public_comments
from supporters.consent_boxes import asked_by
from supporters.models import PrivacyMode

register = template.Library()


@register.simple_tag(takes_context=True)
def signature_form(context: dict[str, Any], petition: PetitionPage) -> AddressForm:
    """The form as the visitor sent it, or an empty one."""
    form: AddressForm | None = context.get("form")
    if form is not None:
        return form
    if petition.privacy_mode == PrivacyMode.COUNT:
        return AddressForm()
    text = petition.consent_text
    return SignatureForm(
        consent_wording=text.wording if text else "",
        consent_text_id=petition.consent_text_id,
        further_consents=asked_by(petition.asked_texts[1:]),
    )


@register.simple_tag
def approved_comments(petition: PetitionPage) -> list[PublicComment]:
    """Comments that a moderator approved and whose writers chose to be shown."""
    return public_comments(petition)
