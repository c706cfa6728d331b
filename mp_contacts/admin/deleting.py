"""Letters are not thrown away with the page they were written on."""

from typing import Final

from mp_contacts.models import Letter
from supporters.admin.deleting import PageKeeper

KEEP_WRITTEN: Final = PageKeeper(
    model=Letter,
    page_field="page",
    explanation="People have written letters from a page you were about to delete. Close it or unpublish it instead.",
)
