"""The press room."""

from typing import Any, ClassVar, Final

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from home.models.news import NewsIndexPage, NewsPage
from home.press_blocks import DownloadBlock, PressContactBlock
from home.publishing_checks import CheckedPageForm, PublishedWhole

RELEASES_SHOWN: Final = 20
NOBODY_TO_ASK: Final = "Add at least one way for journalists to reach you."


class PressPage(PublishedWhole):
    """Whom to ask, what to quote, what has been said, and files to take away."""

    lead = models.TextField(max_length=400, blank=True, help_text="What journalists find here, in a sentence or two.")
    contacts = StreamField([("contact", PressContactBlock())], blank=True, help_text="The first first.")
    boilerplate = RichTextField(
        "about the campaign",
        blank=True,
        features=["bold", "italic", "link"],
        help_text="Two or three sentences that can be printed as they are.",
    )
    downloads = StreamField([("download", DownloadBlock())], blank=True)

    base_form_class = CheckedPageForm
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("contacts"),
        FieldPanel("boilerplate"),
        FieldPanel("downloads"),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("boilerplate"),
    ]

    class Meta:
        verbose_name = "press room"

    def problems_of_its_own(self) -> dict[str, list[str]]:
        """What keeps the press room from being published, by field."""
        return {} if self.contacts else {"contacts": [NOBODY_TO_ASK]}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        beside = self.get_parent()
        releases = NewsPage.objects.descendant_of(beside).live().public().filter(is_press_release=True)
        context["releases"] = releases.select_related("locale").order_by("-published_on", "-pk")[:RELEASES_SHOWN]
        context["news_index"] = NewsIndexPage.objects.child_of(beside).live().public().first()
        return context
