"""The consent ledger: what a person was asked, in which words, and what they answered."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from supporters.models import ConsentRecord, ConsentText, Supporter


@transaction.atomic
def record_consent(
    *, supporter: Supporter, text: ConsentText, choice: str, method: str, page_id: int | None, asked_at: datetime
) -> ConsentRecord:
    """Add one answer to the ledger; a change of mind is one more answer, never an edit.

    ``choice`` is one of ConsentRecord.Choice, ``asked_at`` the moment the person ticked or unticked
    the box. The wording becomes immutable with its first answer, if it was not before.
    """
    publish_consent_text(text)
    return ConsentRecord.objects.create(
        supporter=supporter, text=text, choice=choice, method=method, page_id=page_id, asked_at=asked_at
    )


def publish_consent_text(text: ConsentText) -> bool:
    """Stamp ``text`` as shown to people, from when on the database refuses to change it.

    True for the call that stamped it; later calls leave the first stamp.
    """
    stamped = ConsentText.objects.filter(pk=text.pk, published_at__isnull=True).update(published_at=Now())
    if stamped:
        text.refresh_from_db(fields=["published_at"])
    return bool(stamped)
