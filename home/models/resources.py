"""Rights sheets: short enough to print on one sheet of paper, and to be read while somebody is at the door."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final

from django.contrib.staticfiles import finders
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.models.footnotes import AbstractFootnote
from home.panels import ReadingPanel, ReviewPanel
from home.publishing_checks import CheckedPageForm, PublishedWhole
from home.sheet_blocks import SheetBodyBlock
from home.side_by_side import other_versions

REVIEW_AFTER: Final = timedelta(days=365)
NO_STEP: Final = "Add at least one step: what to do first."
NO_CONTACT: Final = "Add at least one number to call."
NOT_REVIEWED: Final = "Say when somebody who knows the law last read the sheet."
REVIEWED_LATER: Final = "This day is still to come. Give the day on which the sheet was really read."


@cache
def worker_script() -> str:
    """What answers for a kept sheet while there is no internet. The same for all of them."""
    return Path(str(finders.find("js/sheet-worker.js"))).read_text()


class ResourceIndexPage(Page):
    """All rights sheets, with the languages each can be read in."""

    lead = models.TextField(max_length=400, blank=True, help_text="Whom these sheets are for, in a sentence or two.")

    base_form_class = CheckedPageForm
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.ResourcePage"]

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("lead")]
    search_fields: ClassVar[list[index.BaseField]] = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        verbose_name = "list of rights sheets"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        sheets = list(ResourcePage.objects.child_of(self).live().public().select_related("locale").order_by("path"))
        versions = other_versions(sheets, request)
        context["sheets"] = [(sheet, versions.get(sheet.translation_key, ())) for sheet in sheets]
        return context


class ResourcePage(RoutablePageMixin, PublishedWhole):
    """What to do, say, sign and not sign in one situation, and whom to call."""

    lead = models.TextField(
        "when it helps", max_length=300, help_text="The situation, in a sentence or two. Also stands in lists."
    )
    reviewed_on = models.DateField(
        "last reviewed on",
        null=True,
        help_text="The day on which somebody who knows the law last read every line. Readers see it.",
    )
    body = StreamField(
        SheetBodyBlock(),
        blank=True,
        help_text="Readers follow best in this order: what to do, what to say, what not to sign, whom to call. Write "
        "[1] where the first footnote belongs. It has to fit on two sides of A4.",
    )

    base_form_class = CheckedPageForm
    parent_page_types: ClassVar[list[str]] = ["home.ResourceIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        ReviewPanel(),
        FieldPanel("lead"),
        FieldPanel("reviewed_on"),
        FieldPanel("body"),
        InlinePanel("footnotes", label="Footnote", heading="Footnotes"),
        ReadingPanel(),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "rights sheet"

    def problems_of_its_own(self) -> dict[str, list[str]]:
        """What keeps the sheet from being published, by field."""
        problems = {
            "body": [
                sentence
                for kind, sentence in (("steps", NO_STEP), ("contacts", NO_CONTACT))
                if not any(block.value[kind] for block in self.body if block.block_type == kind)
            ],
            "reviewed_on": [NOT_REVIEWED] if self.reviewed_on is None else [],
        }
        if self.reviewed_on and self.reviewed_on > timezone.localdate():
            problems["reviewed_on"] = [REVIEWED_LATER]
        return {field: sentences for field, sentences in problems.items() if sentences}

    @property
    def is_review_due(self) -> bool:
        """Whether nobody has read the sheet through for more than a year."""
        return self.reviewed_on is not None and timezone.localdate() - self.reviewed_on > REVIEW_AFTER

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["other_versions"] = other_versions([self], request).get(self.translation_key, ())
        return context

    @path("worker/", name="worker")
    def worker(self, request: HttpRequest) -> HttpResponse:
        """The script that a browser runs for whoever asked to keep the sheet: for this sheet alone."""
        response = HttpResponse(worker_script(), content_type="text/javascript; charset=utf-8")
        response["Service-Worker-Allowed"] = request.path.removesuffix(self.reverse_subpage("worker"))
        return response


class ResourceFootnote(AbstractFootnote):
    """A source of a rights sheet."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="footnotes")
