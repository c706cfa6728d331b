"""The hand-in pack on paper; see the templates beside this module."""

from pathlib import Path
from typing import Any, Final

from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django_countries import countries

from home.typesetting import NO_SUCH_LETTER, pdf_from
from petitions.exports.rows import hand_in_headings, hand_in_rows
from petitions.models import PetitionPage, PetitionTotals
from petitions.selectors import confirmed_by_constituency, confirmed_by_country
from supporters.seats import seat_name
from supporters.small_numbers import BreakdownRow, safe_breakdown

TEMPLATES: Final = Path(__file__).parent
# Setting a page costs memory that is only given back at the end: 0.06 MB a signature, and 1 ms.
LONGEST_PDF_LIST: Final = 3_000
# What fits on the one page of the summary, beside an ask of full length.
SHORT_TITLE: Final = 90  # characters
MOST_PLACES: Final = 10
MOST_MILESTONES: Final = 3
MOST_OF_ORGANISATIONS: Final = 1_000  # characters, all names together

NO_SUCH_LETTER_NOTE: Final = (
    f"{NO_SUCH_LETTER} stands for a letter that this document has no type for. "
    "The CSV list has every name as it was written."
)


def list_pdf(petition: PetitionPage) -> bytes:
    """Confirmed signatures as a printable list, at most LONGEST_PDF_LIST; raises ValueError beyond."""
    rows = list(hand_in_rows(petition))
    if len(rows) > LONGEST_PDF_LIST:
        raise ValueError(f"A printable list holds at most {LONGEST_PDF_LIST} signatures.")
    people = "person has" if len(rows) == 1 else "people have"
    return pdf_from(
        TEMPLATES / "list.typ",
        {
            **_about(petition),
            "sentence": f"{len(rows):,} {people} signed online and confirmed it by e-mail. As of {_today()}.",
            "headings": ["No.", *hand_in_headings()],
            "rows": [[f"{number:,}", *row] for number, row in enumerate(rows, start=1)],
            "note": "",
        },
        note=NO_SUCH_LETTER_NOTE,
    )


def summary_pdf(petition: PetitionPage) -> bytes:
    """One page: the ask, the totals, where people live without pointing at anybody, and who endorses it."""
    return pdf_from(TEMPLATES / "summary.typ", summary_facts(petition))


def summary_facts(petition: PetitionPage) -> dict[str, Any]:
    """What the summary says, as text ready to be set; see summary.typ for the keys."""
    totals = PetitionTotals.objects.filter(petition=petition).first()
    online, paper = (totals.confirmed, totals.paper) if totals else (0, 0)
    named = {countries.name(code) or code: number for code, number in confirmed_by_country(petition).items()}
    seats = {seat_name(code): number for code, number in confirmed_by_constituency(petition).items()}
    by_country, by_constituency = safe_breakdown(named), safe_breakdown(seats)
    reached = [milestone for milestone in petition.milestones.all() if milestone.signatures <= online + paper]
    organisations = [endorsement.name for endorsement in petition.endorsements.all()]
    return {
        **_about(petition),
        "title_size": 28 if len(petition.title) <= SHORT_TITLE else 18,  # points
        "day": _today(),
        "total": f"{online + paper:,}",
        "unit": "signature" if online + paper == 1 else "signatures",
        "parts": f"{online:,} online, each confirmed by e-mail, and {paper:,} on paper. As of {_today()}.",
        "countries": _places(by_country),
        "constituencies": _places(by_constituency),
        "places_note": _places_note(by_country, by_constituency),
        "milestones": [
            f"{milestone.signatures:,} reached" + (f": {milestone.label}" if milestone.label else "")
            for milestone in sorted(reached, key=lambda milestone: -milestone.signatures)[:MOST_MILESTONES]
        ],
        "organisations": _shortened(organisations),
    }


def _about(petition: PetitionPage) -> dict[str, str]:
    return {
        "title": petition.title,
        "ask": petition.ask,
        "addressed_to": petition.addressed_to,
        "controller": petition.controller,
        "language": petition.locale.language_code,
    }


def _today() -> str:
    return str(format_date(timezone.localdate(), "j F Y"))


def _places(rows: list[BreakdownRow]) -> list[dict[str, str]]:
    # Any part of a safe table is safe, and the page holds only so many.
    return [{"place": row.label or "All other places together", "number": f"{row.number:,}"} for row in rows][
        :MOST_PLACES
    ]


def _places_note(*tables: list[BreakdownRow]) -> str:
    if not any(tables):
        return "Too few people signed, or too many in one place, to say where they live without pointing at somebody."
    longest = max(len(rows) for rows in tables)
    note = (
        "Online signatures. Fewer than 10 are not shown by themselves; figures below 100 are rounded to the nearest 5."
    )
    return f"{note} Only the largest {MOST_PLACES} are listed." if longest > MOST_PLACES else note


def _shortened(names: list[str]) -> list[str]:
    room = MOST_OF_ORGANISATIONS
    for position, name in enumerate(names):
        room -= len(name)
        if room < 0:
            return [*names[:position], f"and {len(names) - position} more"]
    return names
