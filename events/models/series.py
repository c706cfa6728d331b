"""A series of dates."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.blocks import BodyBlock
from home.publishing_checks import CheckedPageForm


class EventSeriesPage(Page):
    """Several dates under one heading, each with its own registration, capacity and calendar entry."""

    lead = models.TextField(max_length=400, blank=True, help_text="What the series is about, in a sentence or two.")
    body = StreamField(BodyBlock(), blank=True)

    kind_for_readers = _("Events")
    base_form_class = CheckedPageForm
    page_description = "Several dates under one heading. Each date is an event of its own below it."
    parent_page_types: ClassVar[list[str]] = ["home.CampaignPage"]
    subpage_types: ClassVar[list[str]] = ["events.EventPage"]
    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "series of events"
        verbose_name_plural = "series of events"
