"""Who is registered is not thrown away with an event's page."""

from typing import Final

from events.models import Registration
from supporters.admin.deleting import PageKeeper

KEEP_REGISTERED: Final = PageKeeper(
    model=Registration,
    page_field="page",
    explanation="People have registered for an event you were about to delete. Call it off or unpublish it instead.",
)
