"""The page of the demo campaign's report."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from campaign_site.demo.shapes import ReportText
from campaign_site.demo.streams import stream
from home.models import ReportAuthor, ReportFootnote, ReportPage


def report_page(text: ReportText, pages: Mapping[str, Page]) -> ReportPage:
    """The page, with everything it tells; ``pages`` are those it leads to."""
    today = timezone.localdate()
    return ReportPage(
        title=text.title,
        slug=text.slug,
        search_description=text.description,
        summary="\n\n".join(text.summary),
        published_on=today - timedelta(days=text.published_days_ago),
        updated_on=today - timedelta(days=text.updated_days_ago),
        body=stream(text.body, pages),
        authors=[
            ReportAuthor(name=name, about=about, sort_order=place) for place, (name, about) in enumerate(text.authors)
        ],
        footnotes=[
            ReportFootnote(text=source.text, url=source.url, sort_order=place)
            for place, source in enumerate(text.sources)
        ],
    )
