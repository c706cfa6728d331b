"""What an organiser is told when a page to write letters from is not ready to be published."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError

from home.publishing_checks import CheckedPageForm
from supporters.action_page_form import ActionPageForm

if TYPE_CHECKING:
    from mp_contacts.models.variants import LetterVariant

NOTHING_FOR_EVERYBODY: Final = (
    "Add a draft that fits every MP: one that names no party, country, region or stance. Put it last: it is what "
    "people get when no other fits."
)


def draft_problems(variants: Iterable["LetterVariant"]) -> list[str]:
    """Full sentences about the drafts of a page; none when it may be published."""
    return [] if any(variant.fits_everybody for variant in variants) else [NOTHING_FOR_EVERYBODY]


class LetterPageForm(CheckedPageForm, ActionPageForm):
    """Looks at the drafts as they were sent: they reach the page only after it has been checked."""

    def _post_clean(self) -> None:
        super()._post_clean()
        drafts = self.formsets.get("variants")
        if self.is_deferred_validation or drafts is None or not drafts.is_valid():
            return
        for sentence in draft_problems(form.instance for form in drafts.forms if form not in drafts.deleted_forms):
            self.add_error(None, ValidationError(sentence))
