"""The page that letters are written from, and what hangs on it."""

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
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
from mp_contacts.letter_page_form import LetterPageForm, draft_problems
from supporters.models import ActionPage
from supporters.models.one_action import synchronised


class LetterPageState(models.TextChoices):
    """Where the campaign of letters stands."""

    WRITING = "writing", _("Letters wanted")
    CLOSED = "closed", _("Closed")
    WON = "won", _("Won")
    NOT_WON = "not_won", _("Not won")


class LetterLanguage(models.TextChoices):
    """What letters may be written in. An office reads English, and in Wales Welsh."""

    ENGLISH = "en", "English"
    WELSH = "cy", "Welsh"


class LetterPage(ActionPage):
    """Asks people to write to their own MP, in their own words."""

    ask = models.TextField(max_length=400, help_text="What you ask MPs to do, in one sentence of plain English.")
    summary = models.CharField(max_length=240, blank=True, help_text="Two lines for cards and search results.")
    illustration = models.CharField(max_length=60, choices=Drawing, default=Drawing.LETTER)
    story = StreamField(BodyBlock(), blank=True, help_text="Why letters matter now. Facts with their sources.")
    letter_language = models.CharField(
        max_length=2,
        choices=LetterLanguage,
        default=LetterLanguage.ENGLISH,
        help_text="What the letters are written in, whatever language people read this page in.",
    )
    offers_sending = models.BooleanField(
        "offer to send letters",
        default=True,
        help_text="Off: people write from their own mail only, and nothing of it reaches this site.",
    )
    state = models.CharField(max_length=12, choices=LetterPageState, default=LetterPageState.WRITING)
    stopped_collecting_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When somebody closed it; forgetting counts from here.",
    )
    taken_down_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When it was found to be public no more; the hourly purge's own.",
    )

    shared_fields: ClassVar[tuple[str, ...]] = (
        *ActionPage.shared_fields,
        "letter_language",
        "offers_sending",
        "state",
        "stopped_collecting_at",
    )
    override_translatable_fields = synchronised(*shared_fields, *ActionPage.fields_of_each_language)
    base_form_class = LetterPageForm
    kind_for_readers = _("Letter to your MP")
    page_description = "People write to their own MP, in their own words, with a draft to begin from."
    parent_page_types: ClassVar[list[str]] = ["home.CampaignPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("ask"), FieldPanel("summary"), FieldPanel("illustration")],
            heading="The ask",
        ),
        FieldPanel("story"),
        InlinePanel("footnotes", label="Footnote", heading="Footnotes"),
        InlinePanel(
            "talking_points",
            label="Talking point",
            heading="Talking points",
            help_text="Facts and arguments beside the form, each for people to put in their own words.",
        ),
        InlinePanel(
            "prompts",
            label="Question",
            heading="Questions that draw out the writer's own reasons",
            help_text="An office answers what it has not read before. Two or three questions are enough.",
        ),
        InlinePanel(
            "subjects",
            label="Subject",
            heading="Subject lines to choose from",
            help_text="Plain and neutral, and several: the same line a hundred times looks like spam.",
            min_num=1,
        ),
        InlinePanel(
            "variants",
            label="Draft",
            heading="Opening drafts: the first that fits the MP is used",
            help_text="Leave party, country, region and stance empty for one that fits everybody, and put it last.",
            min_num=1,
        ),
        MultiFieldPanel([FieldPanel("letter_language"), FieldPanel("offers_sending"), FieldPanel("state")], "Letters"),
        ActionPage.data_panel,
        *ActionPage.afterwards_panels,
        ReadingPanel(),
    ]
    settings_panels: ClassVar[list[Panel]] = [ActionPage.opening_panel, *Page.settings_panels]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("ask"),
        index.SearchField("summary"),
        index.SearchField("story"),
    ]

    class Meta:
        verbose_name = "letter to MPs"
        verbose_name_plural = "letters to MPs"
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(opens_at__lt=F("closes_at")),
                name="mp_contacts_letterpage_opens_before_it_closes",
                violation_error_message="Choose a closing time after the opening time.",
            ),
            models.CheckConstraint(
                condition=Q(privacy_mode__in=["contactable", "count"]),
                name="mp_contacts_letterpage_known_privacy_mode",
                violation_error_message="Choose one of the listed privacy modes.",
            ),
        ]

    def clean(self) -> None:
        """As every action page; and whoever somebody's MP is, there is a draft or a reason not to write."""
        super().clean()
        if not self.is_checked_by_form:
            problems = draft_problems(self.variants.all())
            if problems:
                raise ValidationError(problems)

    @property
    def is_open(self) -> bool:
        """Whether letters are wanted now."""
        return self.takes_part and self.state == LetterPageState.WRITING and self.is_within_opening_times

    def pretend_open(self) -> None:
        super().pretend_open()
        self.state = LetterPageState.WRITING

    @property
    def state_label(self) -> str:
        """Where it stands, in words for the public; the clock may be ahead of the editors."""
        if self.state == LetterPageState.WRITING and not self.is_within_opening_times:
            return gettext("Opens soon") if self.opens_at and timezone.now() < self.opens_at else gettext("Closed")
        return self.get_state_display()

    @property
    def closed_at(self) -> datetime | None:
        """When it stopped taking letters; None while it has not."""
        closed_by_the_clock = self.closes_at if self.closes_at and self.closes_at <= timezone.now() else None
        return min(filter(None, [closed_by_the_clock, self.stopped_collecting_at]), default=None)

    def save(self, *args: Any, **kwargs: Any) -> None:
        # As petitions do: a revision, published, must not start the clock anew.
        moments = LetterPage.objects.filter(pk=self.pk).values_list("stopped_collecting_at", "taken_down_at")
        stopped_collecting_at, self.taken_down_at = moments.first() or (None, None)
        self.stopped_collecting_at = None
        if self.state != LetterPageState.WRITING:
            self.stopped_collecting_at = stopped_collecting_at or timezone.now()
        super().save(*args, **kwargs)

    @property
    def letter_count(self) -> int:
        """Letters written, as the counting job last left it: sent by us, and those people told us of."""
        totals = getattr(self.original, "totals", None)
        return totals.count if totals else 0

    def get_action_card(self) -> ActionCard:
        """How the page shows itself in lists; see home.cards."""
        card = ActionCard(
            kind="letter",
            title=self.title,
            ask=self.ask,
            url=self.url or "",
            figure=self.letter_count,
            label=ngettext("letter", "letters", self.letter_count),
            illustration=self.illustration,
        )
        if not self.is_open:
            card["state"] = self.state_label
        return card

    @property
    def write_url(self) -> str:
        return reverse("mp_contacts:write", args=[self.pk]) if self.pk else ""


class TalkingPoint(TranslatableMixin, Orderable):
    """Something a writer may bring up, for them to put in their own words."""

    page = ParentalKey(LetterPage, on_delete=models.CASCADE, related_name="talking_points")
    title = models.CharField(max_length=120)
    body = RichTextField(features=["bold", "italic", "link"])

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass

    def __str__(self) -> str:
        return self.title


class LetterPrompt(TranslatableMixin, Orderable):
    """A question that draws out the writer's own reasons."""

    page = ParentalKey(LetterPage, on_delete=models.CASCADE, related_name="prompts")
    question = models.CharField(max_length=160, help_text="Such as 'How does this touch your street or your work?'")
    hint = models.CharField(max_length=240, blank=True)

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass

    def __str__(self) -> str:
        return self.question


class LetterSubject(Orderable):
    """A subject line to choose. Neutral words pass filters, and can be read over a shoulder."""

    page = ParentalKey(LetterPage, on_delete=models.CASCADE, related_name="subjects")
    text = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.text


class LetterFootnote(AbstractFootnote):
    """The source of a fact in the story."""

    page = ParentalKey(LetterPage, on_delete=models.CASCADE, related_name="footnotes")


class LetterTotals(models.Model):
    """How many letters a page has led to, as the counting job last added them up."""

    page = models.OneToOneField(LetterPage, primary_key=True, on_delete=models.CASCADE, related_name="totals")
    confirmed = models.PositiveBigIntegerField(db_default=0, help_text="Confirmed letters that we send.")
    self_sent = models.PositiveBigIntegerField(db_default=0, help_text="Letters people told us they sent themselves.")
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "letter totals"

    def __str__(self) -> str:
        return f"Totals of letter page {self.pk}"

    @property
    def count(self) -> int:
        return self.confirmed + self.self_sent
