"""The page that shows where Parliament stands."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.blocks import BodyBlock
from home.publishing_checks import CheckedPageForm


class ParliamentPage(Page):
    """Where Parliament stands on a campaign: counts, a list and a map of every seat."""

    lead = models.TextField(max_length=400, blank=True, help_text="What this page says, in a sentence or two.")
    body = StreamField(BodyBlock(), blank=True, help_text="How you find out where an MP stands.")

    kind_for_readers = _("Parliament")
    base_form_class = CheckedPageForm
    page_description = (
        "How many MPs are with you, as counts, a list and a map. It fills itself from what you note of MPs."
    )
    parent_page_types: ClassVar[list[str]] = ["home.CampaignPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "where Parliament stands"
        verbose_name_plural = "where Parliament stands"
