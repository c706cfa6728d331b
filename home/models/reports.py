"""Long reports: with contents, footnotes, charts, and a PDF."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.models.footnotes import AbstractFootnote
from home.models.sharing import SharedPage
from home.models.site_look import SiteLook
from home.panels import ReadingPanel
from home.publishing_checks import CheckedPageForm
from home.report_blocks import ReportBodyBlock

WITHOUT_ALTERNATIVE = "Give every picture a text alternative before the report is published. Missing: {places}."


class ReportPage(RoutablePageMixin, SharedPage):
    """What we found out, with where we know it from."""

    summary = models.TextField(
        "the short version",
        max_length=1200,
        help_text="For somebody who reads nothing else. An empty line parts paragraphs.",
    )
    published_on = models.DateField("published on", help_text="The day the report first came out.")
    updated_on = models.DateField(
        "updated on", null=True, blank=True, help_text="Only when what it says has changed since."
    )
    body = StreamField(ReportBodyBlock(), blank=True, help_text="Write [1] where the first footnote belongs.")
    still_to_do = models.TextField(
        blank=True,
        help_text="What an import from Word left for you. Delete each line as you do it. Readers never see this.",
    )

    # What is left to do is said to editors, and a report's authors call themselves what they do.
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("still_to_do", overridable=False),
        SynchronizedField("authors", overridable=False),
    ]

    base_form_class = CheckedPageForm
    kind_for_readers = gettext_lazy("Report")
    page_description = "A long text with contents, footnotes, tables and charts, and a PDF. It can come in from Word."
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.CampaignPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("still_to_do"),
        FieldPanel("summary"),
        InlinePanel("authors", label="Author", heading="Authors", help_text="As they wish to be named in public."),
        FieldRowPanel([FieldPanel("published_on"), FieldPanel("updated_on")]),
        FieldPanel("body"),
        InlinePanel(
            "footnotes",
            label="Footnote",
            heading="Footnotes",
            help_text="Readers see them numbered in the order in which they meet them.",
        ),
        *SharedPage.sharing_panels,
        ReadingPanel(),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "report"
        constraints = [
            models.CheckConstraint(
                condition=Q(updated_on__isnull=True) | Q(updated_on__gte=F("published_on")),
                name="home_report_updated_after_published",
                violation_error_message="A report cannot be updated before it is published.",
            ),
        ]

    def clean(self) -> None:
        """A report that readers see has a text alternative for every picture, whoever publishes it and how.

        A draft may lack some. In the editor the block's own field says so; this holds for schedules and commands.
        """
        super().clean()
        missing = self.pictures_without_alternative()
        if self.live and missing:
            places = ", ".join(str(place) for place in missing)
            raise ValidationError({"body": WITHOUT_ALTERNATIVE.format(places=places)})

    def pictures_without_alternative(self) -> list[int]:
        """Which of the report's pictures, counted from 1, say nothing to somebody who does not see them."""
        pictures = [block.value for block in self.body if block.block_type == "picture"]
        return [place for place, value in enumerate(pictures, start=1) if not (value["alt_text"] or "").strip()]

    @property
    def author_names(self) -> list[str]:
        return [author.name for author in self.authors.all()]

    def citation(self) -> str:
        """How to cite the report: who, when, what, published by whom and where."""
        organisation = SiteLook.for_site(self.get_site()).organisation_name if self.get_site() else ""
        # An organisation that wrote its own report is named once.
        publisher = "" if self.author_names == [organisation] else organisation
        who = ", ".join(self.author_names) or organisation
        parts = [f"{who} ({self.published_on.year})", f"‘{self.title}’", publisher, self.full_url or ""]
        return ". ".join(part for part in parts if part)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        # Only what readers see has a document; a preview is no such thing.
        sizes = ReportDocument.objects.filter(page_id=self.pk).values_list("size", flat=True) if self.live else ()
        context["pdf_size"] = next(iter(sizes), None)
        return context

    @path("pdf/", name="pdf")
    def pdf(self, request: HttpRequest) -> HttpResponse:
        """The document of the published report; 404 when there is none."""
        document = ReportDocument.objects.filter(page_id=self.pk, page__live=True).first()
        if document is None:
            raise Http404(_("There is no PDF of this report."))
        response = HttpResponse(bytes(document.content), content_type="application/pdf", status=HTTPStatus.OK)
        response["Content-Disposition"] = f'inline; filename="{self.slug}.pdf"'
        return response


class ReportAuthor(Orderable):
    """Somebody who wrote the report."""

    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="authors")
    name = models.CharField(max_length=120, help_text="The name they chose. It may be an organisation.")
    about = models.CharField(max_length=160, blank=True, help_text="For example: researcher, Leeds.")

    panels: ClassVar[list[Panel]] = [MultiFieldPanel([FieldPanel("name"), FieldPanel("about")])]

    def __str__(self) -> str:
        return self.name


class ReportFootnote(AbstractFootnote):
    """A source of a report."""

    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="footnotes")


class ReportDocument(models.Model):
    """The PDF of a report as it was last published. It goes when the report is deleted."""

    page = models.OneToOneField(ReportPage, on_delete=models.CASCADE, related_name="document")
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="In bytes.")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0), name="home_report_document_filled", violation_error_message="The PDF is empty."
            ),
        ]

    def __str__(self) -> str:
        return f"PDF of {self.page}"
