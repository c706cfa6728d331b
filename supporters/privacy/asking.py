"""Asking for the link to one's own page. Nothing here looks anything up, so nothing can be told from it."""

import json
from typing import Final
from uuid import uuid4

from django.db import transaction

from supporters.limits import NETWORK_LIMIT, Ask, consume, network_key
from supporters.outbox import queue_message

PRIVACY_LINK_MAIL: Final = "privacy_link"


@transaction.atomic
def ask_for_link(*, address: str, network: str, language: str) -> bool:
    """Put a mail for ``address`` into the outbox, whoever it is; False if ``network`` had enough for now.

    Whether anything is held is found out by the worker when the mail's turn comes, and if not, the mail is
    cancelled. The address waits encrypted until then. ``language`` is that of the page, for people whose own
    is not known.
    """
    if not consume([[Ask(NETWORK_LIMIT, network_key(NETWORK_LIMIT, network))]])[0]:
        return False
    queue_message(
        kind=PRIVACY_LINK_MAIL,
        # Also the key of the visit that the link will open.
        subject_id=uuid4(),
        recipient=address,
        body=json.dumps({"language": language}),
        is_capped=True,
    )
    return True
