"""A report as a PDF that reads well on paper and aloud (PDF/UA-1)."""

from pathlib import Path
from typing import Any, Final

from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.exports.report_pieces import Printer
from home.models import ReportPage, SiteLook
from home.typesetting import NO_SUCH_LETTER, pdf_from

TEMPLATE: Final = Path(__file__).parent / "report.typ"


def report_pdf(page: ReportPage) -> bytes:
    """``page`` as it stands, set in type; raises typst.TypstError for what typst cannot set."""
    language = page.locale.language_code
    with override(language):
        site = page.get_site()
        printer = Printer(
            number_of_notes=page.footnotes.count(),
            origin=site.root_url if site else "",
            words={"source": _("Source:"), "invented": _("An invented voice")},
        )
        pieces = printer.pieces(page.body)
        data = {
            "title": page.title,
            "language": language.split("-")[0],
            "organisation": SiteLook.for_site(site).organisation_name if site else "",
            "authors": [", ".join(part for part in (one.name, one.about) if part) for one in page.authors.all()],
            "dates": _dates(page),
            "summary": [part.strip() for part in page.summary.split("\n\n") if part.strip()],
            "pieces": pieces,
            "notes": [{"text": note.text, "url": note.url} for note in page.footnotes.all()],
            "unreferred": _unreferred(page, printer),
            "citation": page.citation(),
            "words": _words(),
            "note": "",
        }
        note = _("%(sign)s stands for a letter that this document has no type for.") % {"sign": NO_SUCH_LETTER}
        return pdf_from(TEMPLATE, data, note=note, files=printer.files)


def _dates(page: ReportPage) -> str:
    published = _("Published %(day)s") % {"day": format_date(page.published_on, "j F Y")}
    if not page.updated_on:
        return published
    return f"{published} · {_('updated %(day)s') % {'day': format_date(page.updated_on, 'DATE_FORMAT')}}"


def _unreferred(page: ReportPage, printer: Printer) -> list[int]:
    """Sources that nothing in the text leads to, which would otherwise be lost."""
    return [number for number in range(1, page.footnotes.count() + 1) if number not in printer.notes.referred]


def _words() -> dict[str, Any]:
    return {
        "report": _("Report"),
        "short": _("The short version"),
        "contents": _("Contents"),
        "sources": _("Further sources"),
        "cite": _("How to cite"),
        "what": _("What"),
        "how_much": _("How much"),
    }
