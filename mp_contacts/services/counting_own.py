"""Counting the letters that people send from their own mail."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from mp_contacts.models import Constituency, SelfSentLetter
from supporters.limits import Ask, Limit, consume, network_key

# A household or a meeting may count one after another; a machine may not.
COUNT_LIMIT: Final = Limit("self-sent letter", burst=20, every=timedelta(minutes=5))
PDF_LIMIT: Final = Limit("letter pdf", burst=20, every=timedelta(seconds=20))


@transaction.atomic
def count_self_sent(*, page_id: int, constituency_code: str, network: str) -> bool:
    """Add one letter to a page, unless so many came from ``network`` for it lately; whether it was added.

    Keeps the page, the seat if it is one, and the day: nothing about who it was.
    """
    if not consume([[Ask(COUNT_LIMIT, network_key(COUNT_LIMIT, f"{network}|{page_id}"))]])[0]:
        return False
    known = Constituency.objects.filter(pk=constituency_code).exists()
    SelfSentLetter.objects.create(
        page_id=page_id, constituency_code=constituency_code if known else "", reported_on=timezone.localdate()
    )
    return True


@transaction.atomic
def may_set_pdf(*, network: str) -> bool:
    """Whether ``network`` may have one more PDF made now: it costs time that everybody shares."""
    return consume([[Ask(PDF_LIMIT, network_key(PDF_LIMIT, network))]])[0]
