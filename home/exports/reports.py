"""A report as a PDF that reads well on paper and aloud (PDF/UA-1)."""

from pathlib import Path
from typing import Any, Final

from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.exports.report_pieces import Printer
from home.footnote_links import with_the_rest
from home.models import ReportPage, SiteLook
from home.typesetting import NO_SUCH_LETTER, pdf_from

TEMPLATE: Final = Path(__file__).parent / "report.typ"


def report_pdf(page: ReportPage) -> bytes:
    """``page`` as it stands, set in type; raises typst.TypstError for what typst cannot set."""
    language = page.locale.language_code
    with override(language):
        site = page.get_site()
        footnotes = list(page.footnotes.all())
        printer = Printer(
            number_of_notes=len(footnotes),
            origin=site.root_url if site else "",
            words={"source": _("Source:"), "invented": _("An invented voice")},
        )
        pieces = printer.pieces(page.body)
        referred = printer.notes.referred
        in_order = [footnotes[number - 1] for number in with_the_rest(referred, len(footnotes))]
        data = {
            "title": page.title,
            "language": language.split("-")[0],
            "organisation": SiteLook.for_site(site).organisation_name if site else "",
            "authors": [", ".join(part for part in (one.name, one.about) if part) for one in page.authors.all()],
            "dates": _dates(page),
            "summary": [part.strip() for part in page.summary.split("\n\n") if part.strip()],
            "pieces": pieces,
            "notes": [{"text": note.text, "url": note.url} for note in in_order],
            # Nothing in the text leads to these, and they would otherwise be lost.
            "unreferred": list(range(len(referred) + 1, len(footnotes) + 1)),
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
    return f"{published} · {_('updated %(day)s') % {'day': format_date(page.updated_on, 'j F Y')}}"


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
