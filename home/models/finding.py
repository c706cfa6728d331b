"""What search finds, what it does not, and what stood where nothing stands now."""

from typing import ClassVar, Final

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import InlinePanel, PageChooserPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Orderable, Page, PageQuerySet, Site

LONGEST_PATH: Final = 1000
"""Characters of an address that are remembered once its page is gone."""


class KeptOutOfSearch(BaseSiteSetting, ClusterableModel):
    """Pages for those who have the link: in no search engine, no site map and not in the search of this site.

    Set by parts of the page tree, as leaving quickly is, so that page types of other apps need no field of their own.
    """

    panels: ClassVar[list[Panel]] = [
        InlinePanel(
            "trees",
            label="Part of the site",
            heading="Not to be found by searching",
            help_text="Whoever has the link can still read these pages. Ask for a password where nobody else may. "
            "The same pages in other languages are not found either.",
        )
    ]

    class Meta:
        verbose_name = "kept out of search"

    def __str__(self) -> str:
        return f"{self.site}: kept out of search"


class KeptOutTree(Orderable):
    """A page that search does not find, with everything below it."""

    setting = ParentalKey(KeptOutOfSearch, on_delete=models.CASCADE, related_name="trees")
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", help_text="This page and all below it are not found."
    )

    panels: ClassVar[list[Panel]] = [PageChooserPanel("page")]

    def __str__(self) -> str:
        return self.page.title


class WithdrawnPath(models.Model):
    """An address that had a page once, which was taken down. Nothing is kept of what it said."""

    path = models.CharField(max_length=LONGEST_PATH, unique=True, help_text="As it stood after the site's origin.")
    withdrawn_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(path__startswith="/"),
                name="home_withdrawnpath_begins_with_a_slash",
                violation_error_message="An address on this site begins with a slash.",
            ),
        ]

    def __str__(self) -> str:
        return self.path


def _kept_out(site: Site) -> list[str]:
    # In every language: whoever publishes a translation does not think of what an editor once chose for the original.
    keys = KeptOutTree.objects.filter(setting__site=site).values("page__translation_key")
    return list(Page.objects.filter(translation_key__in=keys).values_list("path", flat=True))


def findable_pages(site: Site) -> PageQuerySet:
    """The pages of ``site`` in every language that are live, open to everybody, and not kept out of search."""
    roots = site.root_page.get_translations(inclusive=True).values_list("path", flat=True)
    in_site, kept_out = models.Q(pk__in=[]), models.Q(pk__in=[])
    for path in roots:
        in_site |= models.Q(path__startswith=path)
    for path in _kept_out(site):
        kept_out |= models.Q(path__startswith=path)
    return Page.objects.live().public().filter(in_site).exclude(kept_out)


def is_findable(page: Page, site: Site) -> bool:
    """Whether ``page`` is among the findable pages of ``site``, asked with two queries."""
    return bool(
        page.pk
        and page.live
        and not page.get_view_restrictions()
        and not any(page.path.startswith(path) for path in _kept_out(site))
    )
