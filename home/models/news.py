"""News: dated, tagged, listed page by page, and in a feed."""

from typing import Any, ClassVar, Final

from django.core.paginator import EmptyPage, Paginator
from django.db import models
from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import Tag, TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.blocks import BodyBlock
from home.feeds import CONTENT_TYPE, FEED_LENGTH, news_feed
from home.models.footnotes import AbstractFootnote
from home.models.images import ParasolImage
from home.panels import ReadingPanel
from home.publishing_checks import CheckedPageForm, PublishedWhole

NEWS_A_PAGE: Final = 10
TAGS_SHOWN: Final = 30
THUMBNAIL: Final = "fill-480x320|format-webp"
NO_WORDS_FOR_PICTURE: Final = "The picture “{title}” has no description. Write into it what the picture shows."


class NewsIndexPage(RoutablePageMixin, Page):
    """All news, the newest first; by tag; and as a feed."""

    lead = models.TextField(max_length=400, blank=True, help_text="What you write about here, in a sentence or two.")

    base_form_class = CheckedPageForm
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.NewsPage"]

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("lead")]
    search_fields: ClassVar[list[index.BaseField]] = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        verbose_name = "list of news"

    def news(self) -> QuerySet["NewsPage"]:
        """What everybody may read, the newest first."""
        pages = NewsPage.objects.child_of(self).live().public().select_related("locale")
        return pages.order_by("-published_on", "-first_published_at", "-pk")

    def tags(self) -> QuerySet[Tag]:
        """The tags that some of the news carries."""
        return Tag.objects.filter(pk__in=NewsTag.objects.filter(content_object__in=self.news()).values("tag"))

    def get_context(
        self, request: HttpRequest, *args: Any, number: int = 1, tag: Tag | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """``number`` is that of the page of the list, from 1, and ``tag`` what its news carry. Raises Http404."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pictures = ParasolImage.objects.prefetch_renditions(THUMBNAIL)
        news = (self.news().filter(tags=tag) if tag else self.news()).prefetch_related(
            Prefetch("picture", queryset=pictures)
        )
        try:
            context["listing"] = Paginator(news, NEWS_A_PAGE).page(number)
        except EmptyPage:
            raise Http404(_("There are not as many pages of news.")) from None
        context["tag"] = tag
        most_carried = self.tags().annotate(carriers=Count("home_newstag_items")).order_by("-carriers", "name")
        context["tags"] = sorted(most_carried[:TAGS_SHOWN], key=lambda shown: shown.name.casefold())
        return context

    @path("page/<int:number>/", name="further")
    def further(self, request: HttpRequest, number: int) -> HttpResponse:
        """Older news; the first page is the list itself, under one address only."""
        return self.render(request, number=number) if number != 1 else redirect(self.get_url(request), permanent=True)

    @path("tags/<str:slug>/", name="tag")
    def tagged(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The news that carry a tag; 404 for a tag that none carries."""
        return self.render(request, tag=self._tag(slug))

    @path("tags/<str:slug>/page/<int:number>/", name="further_tagged")
    def further_tagged(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        """Older news that carry a tag."""
        if number == 1:
            first = self.get_url(request) + self.reverse_subpage("tag", args=[slug])
            return redirect(first, permanent=True)
        return self.render(request, number=number, tag=self._tag(slug))

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The newest as an Atom feed (RFC 4287)."""
        newest = self.news().prefetch_related("tags")[:FEED_LENGTH]
        return HttpResponse(news_feed(self, newest, address=request.path), content_type=CONTENT_TYPE)

    def _tag(self, slug: str) -> Tag:
        return get_object_or_404(self.tags(), slug=slug)


class NewsTag(TaggedItemBase):
    """That a piece of news carries a tag."""

    content_object = ParentalKey("home.NewsPage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"],
                name="home_newstag_once",
                violation_error_message="The page carries this tag already.",
            ),
        ]


class NewsPage(PublishedWhole):
    """One piece of news, or a press release."""

    published_on = models.DateField("date", default=timezone.localdate, help_text="What stands above the title.")
    is_press_release = models.BooleanField(
        "press release", default=False, help_text="Also listed in the press room, with a way to ask for more."
    )
    summary = models.TextField(
        max_length=400, help_text="What happened, in two or three lines; for lists and the feed."
    )
    picture = models.ForeignKey(
        ParasolImage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="No faces of people who have not agreed in writing. Its description is read to those who do not see "
        "it.",
    )
    body = StreamField(BodyBlock(), blank=True, help_text="Write [1] where the first footnote belongs.")
    tags = ClusterTaggableManager(
        through=NewsTag, blank=True, help_text="What it is about, in few words that others carry, too."
    )

    base_form_class = CheckedPageForm
    parent_page_types: ClassVar[list[str]] = ["home.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("published_on"), FieldPanel("is_press_release")]), FieldPanel("summary")],
            heading="At the top",
        ),
        FieldPanel("picture"),
        FieldPanel("body"),
        InlinePanel("footnotes", label="Footnote", heading="Footnotes"),
        FieldPanel("tags"),
        ReadingPanel(),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "news"
        verbose_name_plural = "news"

    def problems_of_its_own(self) -> dict[str, list[str]]:
        """What keeps the news from being published, by field."""
        if self.picture is None or self.picture.description:
            return {}
        return {"picture": [NO_WORDS_FOR_PICTURE.format(title=self.picture.title)]}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["news_index"] = self.get_parent().specific
        return context


class NewsFootnote(AbstractFootnote):
    """A source of a piece of news."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="footnotes")
