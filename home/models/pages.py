"""The pages every campaign site has."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel, Panel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from home.blocks import BodyBlock
from home.campaign_blocks import CampaignBodyBlock
from home.cards import ActionPage, action_cards, open_first
from home.drawings import Drawing
from home.models.footnotes import AbstractFootnote
from home.panels import ReadingPanel
from home.publishing_checks import CheckedPageForm

FOOTNOTES_PANEL = InlinePanel("footnotes", label="Footnote", heading="Footnotes")


class HomePage(Page):
    """The front door: what the campaign says, and what can be done today."""

    statement = models.CharField(
        max_length=160, help_text="The first words anybody reads. Short enough to be painted on a banner."
    )
    intro = RichTextField(
        blank=True, features=["bold", "italic", "link"], help_text="Two or three sentences below the statement."
    )
    illustration = models.CharField(max_length=60, choices=Drawing, default=Drawing.UMBRELLA)
    body = StreamField(BodyBlock(), blank=True, help_text="What stands below the actions and the campaigns.")

    base_form_class = CheckedPageForm
    max_count = 1
    subpage_types: ClassVar[list[str]] = [
        "home.CampaignPage",
        "home.NewsIndexPage",
        "home.PressPage",
        "home.ReportPage",
        "home.ResourceIndexPage",
        "home.StandardPage",
    ]

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("statement"), FieldPanel("intro"), FieldPanel("illustration")], heading="At the top"
        ),
        InlinePanel("featured_actions", label="Action", heading="Act now", max_num=3),
        FieldPanel("body"),
        FOOTNOTES_PANEL,
        ReadingPanel(),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("statement"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "home page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        featured = [item.page for item in self.featured_actions.select_related("page")]
        context["featured"] = action_cards(featured, request)
        context["campaigns"] = CampaignPage.objects.child_of(self).live().public()
        return context


class FeaturedAction(Orderable):
    """An action on the home page, in the order the editor gave."""

    home_page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_actions")
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", help_text="A petition or another page people can act on."
    )

    panels: ClassVar[list[Panel]] = [PageChooserPanel("page")]

    def __str__(self) -> str:
        return self.page.title


class CampaignPage(Page):
    """One demand, why it is right, and the actions that carry it."""

    demand = models.CharField(max_length=240, help_text="What must change, in one sentence.")
    summary = models.TextField(max_length=400, help_text="Two or three lines, for this page's top and for lists.")
    illustration = models.CharField(max_length=60, choices=Drawing, default=Drawing.UMBRELLA)
    body = StreamField(
        CampaignBodyBlock(),
        blank=True,
        help_text="Readers follow best in this order: the problem, the evidence with its voices, what you ask, what "
        "has been won, questions and answers, and who stands behind it.",
    )

    base_form_class = CheckedPageForm
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    # Named as text: this app stands below those that bring actions.
    subpage_types: ClassVar[list[str]] = [
        "petitions.PetitionPage",
        "mp_contacts.LetterPage",
        "mp_contacts.ParliamentPage",
        "events.EventPage",
        "events.EventSeriesPage",
        "home.ReportPage",
        "home.StandardPage",
    ]

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("demand"), FieldPanel("summary"), FieldPanel("illustration")], heading="The demand"
        ),
        FieldPanel("body"),
        FOOTNOTES_PANEL,
        ReadingPanel(),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("demand"),
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "campaign"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        children = self.get_children().live().public().specific()
        context["actions"] = open_first(action_cards(children, request))
        context["readings"] = [page for page in children if not isinstance(page, ActionPage)]
        return context


class StandardPage(Page):
    """A page to read: who we are, your privacy here, contact."""

    lead = models.TextField(max_length=400, blank=True, help_text="What this page says, in a sentence or two.")
    body = StreamField(BodyBlock(), blank=True)

    base_form_class = CheckedPageForm
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.CampaignPage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage"]

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        FOOTNOTES_PANEL,
        ReadingPanel(),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "page to read"


class HomeFootnote(AbstractFootnote):
    """A source on the home page."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="footnotes")


class CampaignFootnote(AbstractFootnote):
    """A source on a campaign page."""

    page = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="footnotes")


class StandardFootnote(AbstractFootnote):
    """A source on a page to read."""

    page = ParentalKey(StandardPage, on_delete=models.CASCADE, related_name="footnotes")
