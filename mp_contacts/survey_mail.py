"""The mail that asks a writer, at two and at three weeks, whether their MP answered."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from mp_contacts.mail_kinds import ANSWER_LINK, ANSWERED_MAIL
from mp_contacts.models import LetterStage, Reply
from mp_contacts.selectors import letter_by_id
from supporters.links import mint_link
from supporters.mails import Mail, mail_writer
from supporters.models import ActionState, Message
from supporters.unsubscribe_links import EVERYTHING, unsubscribe_url

LINK_LIFETIME: Final = timedelta(days=60)
"""MPs take their time; the answer that comes in the second month is worth knowing, too."""


@mail_writer(ANSWERED_MAIL, says=_("A question whether an answer came"))
def answered_mail(message: Message) -> Mail | None:
    """Asks one question. No longer needed once it is answered, or when the letter or its writer is forgotten.

    Nobody asked for this mail, so that it always carries the way to stop such mails.
    """
    letter = letter_by_id(message.subject_id)
    if letter is None or letter.supporter_id is None or letter.state != ActionState.CONFIRMED:
        return None
    if letter.stage not in {LetterStage.SENT, LetterStage.DELIVERED} or Reply.objects.filter(letter=letter).exists():
        return None
    stop_url = unsubscribe_url(supporter_id=letter.supporter_id, purpose=EVERYTHING)
    answer_url = mint_link(purpose=ANSWER_LINK, subject_id=letter.pk, lifetime=LINK_LIFETIME)
    return Mail(
        template="mp_contacts/answered",
        context={"answer_url": answer_url, "stop_url": stop_url},
        language=letter.language,
        unsubscribe_url=stop_url,
    )
