"""What people signed is not thrown away with a page."""

from typing import Final

from petitions.models import Signature
from supporters.admin.deleting import PageKeeper

KEEP_SIGNED: Final = PageKeeper(
    model=Signature,
    page_field="petition",
    explanation="People have signed a petition you were about to delete. Close it or unpublish it instead.",
)
