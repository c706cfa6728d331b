"""The mails about people's data and how it is looked after."""

import json

from django.conf import settings

from supporters.audit_checks import HEAD_MAIL
from supporters.mails import Mail, mail_writer
from supporters.models import Message


@mail_writer(HEAD_MAIL)
def audit_head_mail(message: Message) -> Mail:
    """Tells a data officer the newest hash of the audit trail, to be kept where nobody can change it."""
    found = json.loads(message.body)
    context = {"head": found["head"], "broken": found["broken"], "at": message.created_at}
    return Mail(template="supporters/audit_head", context=context, language=settings.LANGUAGE_CODE)
