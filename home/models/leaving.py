"""Where a reader may have to leave at once: which pages have the button, and where it leads.

Set by parts of the page tree, not on each page: what is shown around a page (thanks, "check your inbox") is covered
with it, page types of other apps need no field of their own, and a campaign's new petition cannot be forgotten.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Orderable, Page, Site

WEATHER: Final = "https://www.bbc.co.uk/weather"


@dataclass(frozen=True)
class WayOut:
    """What a page with the button needs to know."""

    destination: str
    tab_title: str


class LeavingQuickly(BaseSiteSetting, ClusterableModel):
    """The button that leaves at once, for people who may be watched while they read."""

    destination = models.URLField(
        default=WEATHER, help_text="A page that nobody wonders about, and that people in your country do open."
    )
    tab_title = models.CharField(
        "title of the tab",
        max_length=60,
        default="Information",
        help_text="Stands in the tab and the history instead of the page's own title. It must give nothing away.",
    )

    panels: ClassVar[list[Panel]] = [
        FieldPanel("destination"),
        FieldPanel("tab_title"),
        InlinePanel("trees", label="Part of the site", heading="Where the button is shown"),
    ]

    class Meta:
        verbose_name = "leaving quickly"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(destination__startswith="https://"),
                name="home_leavingquickly_destination_is_https",
                violation_error_message="Choose an address that begins with https://.",
            ),
            models.CheckConstraint(
                condition=~models.Q(tab_title=""),
                name="home_leavingquickly_tab_has_a_title",
                violation_error_message="A tab without a title is what people look at twice.",
            ),
        ]

    def __str__(self) -> str:
        return self.destination


class QuickLeaveTree(Orderable):
    """A page on which the button is shown, and on everything below it."""

    setting = ParentalKey(LeavingQuickly, on_delete=models.CASCADE, related_name="trees")
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", help_text="The button is on this page and on all below it."
    )

    panels: ClassVar[list[Panel]] = [PageChooserPanel("page")]

    def __str__(self) -> str:
        return self.page.title


def way_out_of(site: Site, page: Page | None) -> WayOut | None:
    """The way out that ``page`` has; None where nobody asked for one.

    What is no page of the tree (privacy, unsubscribing) has one if the whole site does. One query.
    """
    path = models.Value(page.path if page else site.root_page.path)
    # A tree has the button in every language, or those who most need it would be told so in English alone.
    above = Page.objects.alias(here=path).filter(
        translation_key=models.OuterRef("page__translation_key"), here__startswith=models.F("path")
    )
    trees = QuickLeaveTree.objects.filter(models.Exists(above), setting__site=site)
    found = trees.values_list("setting__destination", "setting__tab_title").first()
    return WayOut(*found) if found else None
