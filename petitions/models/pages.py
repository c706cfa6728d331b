"""The petition page and what hangs on it."""

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index

from home.blocks import BodyBlock
from home.cards import ActionCard
from home.drawings import Drawing
from home.models import AbstractFootnote
from home.panels import ReadingPanel
from petitions.goals import Progress, current_goal
from petitions.petition_page_form import PetitionPageForm
from supporters.models import ActionPage
from supporters.models.one_action import synchronised


class PetitionState(models.TextChoices):
    """Where the petition itself stands."""

    COLLECTING = "collecting", _("Collecting signatures")
    CLOSED = "closed", _("Closed")
    HANDED_IN = "handed_in", _("Handed in")
    WON = "won", _("Won")
    NOT_WON = "not_won", _("Not won")


class PetitionPage(ActionPage):
    """A demand that people put their name to."""

    addressed_to = models.CharField(
        max_length=200, help_text="Who can grant it: an office rather than a name, such as 'the Home Secretary'."
    )
    ask = models.TextField(max_length=400, help_text="What you ask of them, in one sentence of plain English.")
    summary = models.CharField(max_length=240, blank=True, help_text="Two lines for cards and search results.")
    illustration = models.CharField(max_length=60, choices=Drawing, default=Drawing.PAPER)
    story = StreamField(BodyBlock(), blank=True, help_text="Why it matters. Facts with their sources.")
    state = models.CharField(max_length=12, choices=PetitionState, default=PetitionState.COLLECTING)
    stopped_collecting_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When somebody closed it; what is forgotten after closing counts from here.",
    )
    taken_down_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When it was found to be public no more; written by the hourly purge alone. See petitions.retention.",
    )

    shared_fields: ClassVar[tuple[str, ...]] = (*ActionPage.shared_fields, "state", "stopped_collecting_at")
    override_translatable_fields = synchronised(*shared_fields, *ActionPage.fields_of_each_language)
    base_form_class = PetitionPageForm
    kind_for_readers = _("Petition")
    page_description = "People put their name to a demand, and confirm it by mail."
    parent_page_types: ClassVar[list[str]] = ["home.CampaignPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("addressed_to"), FieldPanel("ask"), FieldPanel("summary"), FieldPanel("illustration")],
            heading="The ask",
        ),
        FieldPanel("story"),
        InlinePanel("footnotes", label="Footnote", heading="Footnotes"),
        InlinePanel("milestones", label="Milestone", heading="Milestones"),
        InlinePanel("endorsements", label="Organisation", heading="Endorsed by"),
        ActionPage.data_panel,
        *ActionPage.afterwards_panels,
        MultiFieldPanel(
            [FieldPanel("state"), InlinePanel("updates", label="Update", heading="Updates to supporters")],
            heading="Once it runs",
            classname="collapsed",
        ),
        ReadingPanel(),
    ]
    settings_panels: ClassVar[list[Panel]] = [ActionPage.opening_panel, *Page.settings_panels]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("ask"),
        index.SearchField("summary"),
        index.SearchField("addressed_to"),
        index.SearchField("story"),
    ]

    class Meta:
        verbose_name = "petition"
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(opens_at__lt=F("closes_at")),
                name="petitions_petitionpage_opens_before_it_closes",
                violation_error_message="Choose a closing time after the opening time.",
            ),
            models.CheckConstraint(
                condition=Q(privacy_mode__in=["contactable", "count"]),
                name="petitions_petitionpage_known_privacy_mode",
                violation_error_message="Choose one of the listed privacy modes.",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.pk is None:
            return
        stored = PetitionPage.objects.filter(pk=self.pk).values_list("privacy_mode", flat=True).first()
        if stored and stored != self.privacy_mode and self.signatures.exists():
            raise ValidationError(
                {"privacy_mode": "People have signed under this promise. Start a new petition to change it."}
            )

    @property
    def is_open(self) -> bool:
        """Whether a new signature is accepted now."""
        return self.takes_part and self.state == PetitionState.COLLECTING and self.is_within_opening_times

    def pretend_open(self) -> None:
        super().pretend_open()
        self.state = PetitionState.COLLECTING

    @property
    def state_label(self) -> str:
        """Where it stands, in words for the public; the clock may be ahead of the editors."""
        if self.state == PetitionState.COLLECTING and not self.is_within_opening_times:
            return gettext("Opens soon") if self.opens_at and timezone.now() < self.opens_at else gettext("Closed")
        return self.get_state_display()

    @property
    def closed_at(self) -> datetime | None:
        """When it stopped collecting; None while it has not."""
        closed_by_the_clock = self.closes_at if self.closes_at and self.closes_at <= timezone.now() else None
        return min(filter(None, [closed_by_the_clock, self.stopped_collecting_at]), default=None)

    def save(self, *args: Any, **kwargs: Any) -> None:
        # A revision, published, knows nothing of the moments an earlier publication set; the row does.
        # Taken from there, so that correcting a typo after closing does not start the clock anew.
        moments = PetitionPage.objects.filter(pk=self.pk).values_list("stopped_collecting_at", "taken_down_at")
        stopped_collecting_at, self.taken_down_at = moments.first() or (None, None)
        self.stopped_collecting_at = None
        if self.state != PetitionState.COLLECTING:
            self.stopped_collecting_at = stopped_collecting_at or timezone.now()
        super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["totals"] = self.progress
        return context

    @property
    def progress(self) -> Progress:
        """The total as the counting job last left it, and the goal that follows from it."""
        totals = getattr(self.original, "totals", None)
        count = totals.count if totals else 0
        return Progress(
            count=count,
            goal=current_goal(count, [milestone.signatures for milestone in self.original.milestones.all()]),
            as_of=totals.counted_until if totals else timezone.now(),
        )

    def get_action_card(self) -> ActionCard:
        """How the petition shows itself in lists; see home.cards."""
        progress = self.progress
        card = ActionCard(
            kind="petition",
            title=self.title,
            ask=self.ask,
            url=self.url or "",
            figure=progress.count,
            label=ngettext("signature", "signatures", progress.count),
            percent=progress.percent,
            illustration=self.illustration,
        )
        if not self.is_open:
            card["state"] = self.state_label
        return card

    @property
    def sign_url(self) -> str:
        """Where the form goes; empty in the preview of a page that is not kept yet."""
        return reverse("petitions:sign", args=[self.pk]) if self.pk else ""

    @property
    def count_url(self) -> str:
        return reverse("petitions:count", args=[self.pk]) if self.pk else ""


class Milestone(TranslatableMixin, Orderable):
    """A number of signatures at which something happens."""

    page = ParentalKey(PetitionPage, on_delete=models.CASCADE, related_name="milestones")
    signatures = models.PositiveIntegerField()
    label = models.CharField(
        max_length=120, blank=True, help_text="What happens then, for example 'We hand it in at Downing Street'."
    )

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(signatures__gte=1),
                name="petitions_milestone_at_least_one",
                violation_error_message="A milestone is one signature or more.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signatures}"


class PetitionUpdate(TranslatableMixin, Orderable):
    """News for the people who signed, on the petition's timeline."""

    page = ParentalKey(PetitionPage, on_delete=models.CASCADE, related_name="updates")
    published_on = models.DateField()
    title = models.CharField(max_length=160)
    body = RichTextField(features=["bold", "italic", "link", "ol", "ul"])

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        ordering = ["-published_on", "sort_order"]

    def __str__(self) -> str:
        return self.title


class Endorsement(Orderable):
    """An organisation that stands behind the petition."""

    page = ParentalKey(PetitionPage, on_delete=models.CASCADE, related_name="endorsements")
    name = models.CharField(max_length=160)
    url = models.URLField(blank=True)
    logo = models.ForeignKey("home.ParasolImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.name


class PetitionFootnote(AbstractFootnote):
    """The source of a fact in the story."""

    page = ParentalKey(PetitionPage, on_delete=models.CASCADE, related_name="footnotes")
