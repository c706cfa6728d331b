"""Sets a report in type when it is published, so that nobody who reads it waits, and its size can be told."""

import logging
from typing import Any

import typst
from wagtail.signals import page_published

from home.exports.reports import report_pdf
from home.models import ReportDocument, ReportPage

logger = logging.getLogger(__name__)


def set_report_in_type(*, page: ReportPage) -> ReportDocument | None:
    """Keep the PDF of ``page`` as it stands now; with none, should it not be possible, rather than an old one.

    A report is published whether or not it can be printed: the page then names no PDF.
    """
    try:
        content = report_pdf(page)
    except (typst.TypstError, RuntimeError, OSError):
        logger.exception("Report %s could not be set in type.", page.pk)
        ReportDocument.objects.filter(page=page).delete()
        return None
    document, _ = ReportDocument.objects.update_or_create(
        page=page, defaults={"content": content, "size": len(content)}
    )
    return document


def _on_publication(sender: type[ReportPage], instance: ReportPage, **kwargs: Any) -> None:
    set_report_in_type(page=instance)


def listen() -> None:
    """Every way to publish ends in this signal: the editor, a schedule, a command."""
    page_published.connect(_on_publication, sender=ReportPage, dispatch_uid="home.report_documents")
