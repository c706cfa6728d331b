"""The one mail the privacy page sends."""

import json
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from supporters.links import mint_link
from supporters.mails import Mail, mail_writer
from supporters.models import Message
from supporters.privacy.asking import PRIVACY_LINK_MAIL
from supporters.privacy.held import anything_held, record_of
from supporters.privacy.visits import PRIVACY_LINK, VISIT_LIFETIME, begin_visit

LANGUAGES: Final = frozenset(code for code, _name in settings.LANGUAGES)
# The page's own clock decides; a link that outlives it by a moment leads to "too old" and not to an error.
LINK_LIFETIME: Final = VISIT_LIFETIME + timedelta(seconds=1)


@mail_writer(PRIVACY_LINK_MAIL, is_requested=True, after_complaint=True, says=_("A link to this page"))
def privacy_link_mail(message: Message) -> Mail | None:
    """The link to one's own page, for an address we hold something about; for any other, no mail."""
    address = message.recipient
    if not anything_held(address):
        return None
    language = _language(message)
    visit = begin_visit(visit_id=message.subject_id, address=address, language=language)
    url = mint_link(purpose=PRIVACY_LINK, subject_id=visit.pk, lifetime=LINK_LIFETIME)
    return Mail(template="supporters/privacy_link", context={"privacy_url": url}, language=language)


def _language(message: Message) -> str:
    """The person's own language if we know it, else that of the page where somebody asked."""
    record = record_of(message.recipient)
    asked_in = json.loads(message.body or "{}").get("language", "")
    wanted = record.language if record else asked_in
    return wanted if wanted in LANGUAGES else settings.LANGUAGE_CODE
