"""What there is to read below the home page of the demo: rights sheets, news, and the press room."""

import csv
import json
from collections.abc import Mapping
from datetime import timedelta
from io import StringIO

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, Site

from campaign_site.demo import news, rights_sheets
from campaign_site.demo.shapes import NewsText, SheetText
from campaign_site.demo.streams import paragraphs, stream
from home.models import (
    HomePage,
    LeavingQuickly,
    NewsFootnote,
    NewsIndexPage,
    NewsPage,
    PressPage,
    QuickLeaveTree,
    ResourceFootnote,
    ResourceIndexPage,
    ResourcePage,
)


def add_rights_sheets(home: HomePage) -> ResourceIndexPage:
    """The sheets below their index, which is given back; each has the button to leave quickly."""
    index: ResourceIndexPage = home.add_child(
        instance=ResourceIndexPage(
            title=rights_sheets.INDEX_TITLE,
            slug=rights_sheets.INDEX_SLUG,
            lead=rights_sheets.INDEX_LEAD,
            search_description=rights_sheets.INDEX_LEAD,
            show_in_menus=True,
        )
    )
    for text in rights_sheets.SHEETS:
        index.add_child(instance=_sheet(text)).save_revision().publish()
    setting = LeavingQuickly.for_site(Site.objects.get(is_default_site=True))
    setting.trees.add(QuickLeaveTree(page=index, sort_order=0))
    setting.save()
    return index


def add_news(home: HomePage, pages: Mapping[str, Page]) -> None:
    """News below their index, and the press room; ``pages`` are those that news lead to."""
    index: NewsIndexPage = home.add_child(
        instance=NewsIndexPage(
            title=news.INDEX_TITLE,
            slug=news.INDEX_SLUG,
            lead=news.INDEX_LEAD,
            search_description=news.INDEX_LEAD,
            show_in_menus=True,
        )
    )
    for text in news.NEWS:
        page: NewsPage = index.add_child(instance=_news(text, pages))
        page.tags.add(*text.tags)
        page.save_revision().publish()
    home.add_child(instance=_press_room()).save_revision().publish()


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


def _news(text: NewsText, pages: Mapping[str, Page]) -> NewsPage:
    return NewsPage(
        title=text.title,
        slug=text.slug,
        summary=text.summary,
        search_description=text.summary,
        published_on=timezone.localdate() - timedelta(days=text.days_ago),
        is_press_release=text.is_press_release,
        body=stream(text.body, pages),
        footnotes=[
            NewsFootnote(text=source.text, url=source.url, sort_order=place)
            for place, source in enumerate(text.sources)
        ],
    )


def _press_room() -> PressPage:
    desk = {"name": "Press desk (invented)", "email": news.PRESS_EMAIL, "number": news.PRESS_NUMBER}
    about = "Every figure we use and where it comes from. Please name the source, not us."
    return PressPage(
        title=news.PRESS_TITLE,
        slug=news.PRESS_SLUG,
        lead=news.PRESS_LEAD,
        search_description=news.PRESS_LEAD,
        contacts=_blocks("contact", {**desk, "hours": "Monday to Friday, 9 am to 5 pm"}),
        boilerplate=paragraphs(news.BOILERPLATE),
        downloads=_blocks("download", {"document": _figures().pk, "about": about}),
    )


def _blocks(kind: str, value: Mapping[str, object]) -> str:
    return json.dumps([{"type": kind, "value": value}])


def _figures() -> AbstractDocument:
    table = StringIO()
    csv.writer(table).writerows([("Figure", "What it counts", "Source"), *news.FIGURES])
    file = ContentFile(table.getvalue().encode("utf-8-sig"), name="figures-with-sources.csv")
    document: AbstractDocument = get_document_model().objects.create(title="Our figures, with their sources", file=file)
    return document
