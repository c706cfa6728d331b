"""A letter as the office reads it: in plain text, with who writes from where above it."""

from datetime import date

from django.template.defaultfilters import date as format_date
from django.utils import translation


def office_text(*, name: str, address: str, postcode: str, body: str, language: str, written_on: date) -> str:
    """``body`` below the writer's name, postal address and the date in the ``language`` of the letter."""
    with translation.override(language):
        day = format_date(written_on, "j F Y")
    return "\n".join([name, address, postcode, "", day, "", body])
