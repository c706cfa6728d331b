"""The page of an event: one date with all that is said about it."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from events.clock import clock_problem, time_zone_problem
from events.event_page_form import EventPageForm
from events.models.choices import Captions, EventStatus, RecordingAudience, RecordingNotice
from home.blocks import BodyBlock
from home.cards import ActionCard
from home.drawings import Drawing
from home.panels import ReadingPanel
from supporters.models import ActionPage
from supporters.models.one_action import synchronised


class EventPage(ActionPage):
    """One webinar: when it is, who speaks, how to take part, and afterwards what came of it.

    The room's address is never here: pages are kept in revisions, searched and exported. See events.models.rooms.
    """

    summary = models.CharField(max_length=240, help_text="What it is and for whom, for cards and search results.")
    illustration = models.CharField(max_length=60, choices=Drawing, default=Drawing.UMBRELLA)
    starts_at = models.DateTimeField(help_text="In the time zone of this site; shown in the event's own.")
    ends_at = models.DateTimeField()
    time_zone = models.CharField(
        max_length=60, default="Europe/London", help_text="The event's own, such as Europe/London. Always named."
    )
    status = models.CharField(max_length=10, choices=EventStatus, default=EventStatus.SCHEDULED)
    status_note = models.CharField(
        max_length=300,
        blank=True,
        help_text="Why it was moved or cancelled. Everybody reads it here; mails say nothing of it.",
    )
    discreet_title = models.CharField(
        max_length=80,
        blank=True,
        help_text="For mails and calendars, which others may see, such as “Tuesday's call”. Left empty: “Your event”.",
    )
    story = StreamField(BodyBlock(), blank=True, help_text="What will be talked about, and why it matters now.")
    languages_spoken = models.CharField(max_length=120, default="English")
    interpretation = models.CharField(
        max_length=200, blank=True, help_text="Languages it is interpreted into, and how to hear them."
    )
    sign_language = models.CharField(max_length=120, blank=True, help_text="Such as “British Sign Language”.")
    captions = models.CharField(max_length=10, choices=Captions, default=Captions.NONE)
    access_note = RichTextField(
        blank=True,
        features=["bold", "italic", "link", "ul"],
        help_text="Breaks, pace, dial-in, material beforehand, and whom to ask for more.",
    )
    recording_notice = models.CharField(max_length=14, choices=RecordingNotice, default=RecordingNotice.NOT_RECORDED)
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="Seats. Leave empty for as many as come.")
    most_seats = models.PositiveSmallIntegerField(
        "seats one registration may take",
        default=1,
        help_text="More than one lets an organisation register its members.",
    )
    asks_access_needs = models.BooleanField("ask about access needs", default=True)
    asks_questions = models.BooleanField("ask for questions in advance", default=True)

    recording_url = models.URLField(
        "recording, as a link", blank=True, help_text="Nothing of it is loaded before somebody follows it."
    )
    recording_file = models.ForeignKey(
        "wagtaildocs.Document",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="If only those who registered may see it, keep it in a collection that is not public.",
    )
    recording_audience = models.CharField(max_length=10, choices=RecordingAudience, default=RecordingAudience.PUBLIC)
    transcript = RichTextField(blank=True)
    report = StreamField(BodyBlock(), blank=True, help_text="What was said and what follows from it.")

    uid = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same in every calendar file, for ever.")
    sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="Goes up when the time changes or it is cancelled (RFC 5546)."
    )
    previous_starts_at = models.DateTimeField(null=True, editable=False)
    rescheduled_at = models.DateTimeField(null=True, editable=False, help_text="When the time last changed.")

    shared_fields: ClassVar[tuple[str, ...]] = (
        *ActionPage.shared_fields,
        *("starts_at", "ends_at", "time_zone", "status", "captions", "recording_notice"),
        *("capacity", "most_seats", "asks_access_needs", "asks_questions", "recording_url", "recording_file"),
        *("recording_audience", "uid", "sequence", "previous_starts_at", "rescheduled_at"),
    )
    override_translatable_fields = synchronised(*shared_fields, *ActionPage.fields_of_each_language)
    base_form_class = EventPageForm
    kind_for_readers = gettext_lazy("Event")
    page_description = "People register for a day, an hour and an online room, and are reminded by mail."
    parent_page_types: ClassVar[list[str]] = ["home.CampaignPage", "events.EventSeriesPage"]
    subpage_types: ClassVar[list[str]] = []
    # A copy is another event: it has a calendar entry of its own, and nobody was told another time.
    exclude_fields_in_copy: ClassVar[list[str]] = ["uid", "sequence", "previous_starts_at", "rescheduled_at"]

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("illustration")], heading="What it is"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("time_zone"), FieldPanel("status")]),
                FieldPanel("status_note"),
            ],
            heading="When",
        ),
        FieldPanel("story"),
        InlinePanel("agenda_items", label="Item", heading="Agenda"),
        InlinePanel("speakers", label="Speaker", heading="Speakers"),
        InlinePanel("footnotes", label="Footnote", heading="Footnotes"),
        MultiFieldPanel(
            [
                FieldPanel("languages_spoken"),
                FieldPanel("interpretation"),
                FieldPanel("sign_language"),
                FieldPanel("captions"),
                FieldPanel("access_note"),
                FieldPanel("recording_notice"),
            ],
            heading="Taking part",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("most_seats")]),
                FieldRowPanel([FieldPanel("asks_access_needs"), FieldPanel("asks_questions")]),
                FieldPanel("discreet_title"),
            ],
            heading="Registration",
        ),
        ActionPage.data_panel,
        *ActionPage.afterwards_panels,
        MultiFieldPanel(
            [
                FieldPanel("recording_url"),
                FieldRowPanel([FieldPanel("recording_file"), FieldPanel("recording_audience")]),
                FieldPanel("transcript"),
                FieldPanel("report"),
            ],
            heading="Once it is over",
            classname="collapsed",
        ),
        ReadingPanel(),
    ]
    settings_panels: ClassVar[list[Panel]] = [ActionPage.opening_panel, *Page.settings_panels]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("story"),
        index.SearchField("report"),
        index.SearchField("transcript"),
    ]

    class Meta:
        verbose_name = "event"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="events_eventpage_starts_before_it_ends",
                violation_error_message="An event ends after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(opens_at__lt=F("closes_at")),
                name="events_eventpage_opens_before_it_closes",
                violation_error_message="Choose a closing time after the opening time.",
            ),
            models.CheckConstraint(
                condition=Q(privacy_mode__in=["contactable", "count"]),
                name="events_eventpage_known_privacy_mode",
                violation_error_message="Choose one of the listed privacy modes.",
            ),
            models.CheckConstraint(
                condition=Q(most_seats__gte=1),
                name="events_eventpage_a_seat_at_least",
                violation_error_message="A registration takes one seat at least.",
            ),
        ]

    def clean(self) -> None:
        """As every action page; and the clock has this time, once, where the event is."""
        super().clean()
        problems = {
            "time_zone": time_zone_problem(self.time_zone),
            "starts_at": clock_problem(self.starts_at, self.time_zone),
            "ends_at": clock_problem(self.ends_at, self.time_zone),
        }
        if self.starts_at and self.ends_at and self.starts_at >= self.ends_at:
            problems["ends_at"] = "An event ends after it starts."
        found = {field: problem for field, problem in problems.items() if problem}
        if found:
            raise ValidationError(found)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What calendars go by is the row's own: a revision, published, must not turn it back."""
        stored = EventPage.objects.filter(pk=self.pk).first() if self.pk else None
        if stored is not None:
            self.uid, self.sequence = stored.uid, stored.sequence
            self.previous_starts_at, self.rescheduled_at = stored.previous_starts_at, stored.rescheduled_at
            self._follow_change(stored)
        super().save(*args, **kwargs)

    def _follow_change(self, stored: "EventPage") -> None:
        has_moved = (self.starts_at, self.ends_at) != (stored.starts_at, stored.ends_at)
        if has_moved:
            self.previous_starts_at, self.rescheduled_at = stored.starts_at, timezone.now()
        if has_moved or self.is_cancelled != stored.is_cancelled:
            self.sequence += 1

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(self.zone)

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(self.zone)

    @property
    def is_cancelled(self) -> bool:
        return self.status == EventStatus.CANCELLED

    @property
    def is_over(self) -> bool:
        return timezone.now() >= self.ends_at

    @property
    def registration_closes_at(self) -> datetime:
        """When nobody can register any more: when the organiser says, and at the latest when it ends."""
        return min(self.closes_at, self.ends_at) if self.closes_at else self.ends_at

    @property
    def is_open(self) -> bool:
        """Whether people can register now; whether there is a seat is another question."""
        return bool(self.takes_part and not self.is_cancelled and not self.is_over and self.is_within_opening_times)

    @property
    def mailed_title(self) -> str:
        """What mails and calendars call it; says nothing unless the organiser wants it to."""
        return self.discreet_title or _("Your event")

    def pretend_open(self) -> None:
        super().pretend_open()
        self.status = EventStatus.SCHEDULED

    @property
    def state_label(self) -> str:
        """Where it stands, in words for the public."""
        if self.is_cancelled:
            return _("Cancelled")
        if self.is_over:
            return _("It has taken place")
        if not self.is_within_opening_times:
            return _("Opens soon") if self.opens_at and timezone.now() < self.opens_at else _("Registration is closed")
        return ""

    def get_action_card(self) -> ActionCard:
        """How the page shows itself in lists; see home.cards."""
        totals = getattr(self.original, "totals", None)
        seats = totals.seated if totals else 0
        card = ActionCard(
            kind="event",
            title=self.title,
            ask=self.summary,
            url=self.url or "",
            figure=seats,
            label=ngettext("seat taken", "seats taken", seats),
            illustration=self.illustration,
            when=f"{dateformat.format(self.local_start, _('l j F Y'))}, {self.local_start:%H:%M} ({self.time_zone})",
        )
        if self.state_label:
            card["state"] = self.state_label
        return card

    @property
    def duration(self) -> timedelta:
        return self.ends_at - self.starts_at
