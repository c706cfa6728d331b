"""What there is to read below the home page of the demo: rights sheets."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page, Site

from campaign_site.demo import rights_sheets
from campaign_site.demo.shapes import SheetText
from campaign_site.demo.streams import stream
from home.models import (
    HomePage,
    LeavingQuickly,
    QuickLeaveTree,
    ResourceFootnote,
    ResourceIndexPage,
    ResourcePage,
)


def add_rights_sheets(home: HomePage) -> tuple[Page, Page]:
    """The sheets below their index, each with the button to leave quickly; the index, and the sheet to translate."""
    index: ResourceIndexPage = home.add_child(
        instance=ResourceIndexPage(
            title=rights_sheets.INDEX_TITLE,
            slug=rights_sheets.INDEX_SLUG,
            lead=rights_sheets.INDEX_LEAD,
            search_description=rights_sheets.INDEX_LEAD,
            show_in_menus=True,
        )
    )
    sheets = {}
    for text in rights_sheets.SHEETS:
        sheets[text.slug] = index.add_child(instance=_sheet(text))
        sheets[text.slug].save_revision().publish()
    setting = LeavingQuickly.for_site(Site.objects.get(is_default_site=True))
    setting.trees.add(QuickLeaveTree(page=index, sort_order=0))
    setting.save()
    return index, sheets[rights_sheets.AT_THE_DOOR.slug]


def _sheet(text: SheetText) -> ResourcePage:
    return ResourcePage(
        title=text.title,
        slug=text.slug,
        lead=text.lead,
        search_description=text.lead,
        reviewed_on=timezone.localdate() - timedelta(days=text.reviewed_days_ago),
        body=stream(text.body, {}),
        footnotes=[
            ResourceFootnote(text=source.text, url=source.url, sort_order=place)
            for place, source in enumerate(text.sources)
        ],
    )
