"""What an event's page is made of besides its own words: agenda, speakers, sources; and its totals."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from events.models.pages import EventPage
from home.models import AbstractFootnote


class AgendaItem(TranslatableMixin, Orderable):
    """One part of the event, from a time on."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="agenda_items")
    begins = models.TimeField(null=True, blank=True, help_text="By the event's own clock.")
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=600, blank=True)

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass

    def __str__(self) -> str:
        return self.title


class Speaker(TranslatableMixin, Orderable):
    """Somebody who speaks, under the name they choose."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=120, help_text="As they want to be called.")
    pronouns = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    is_pseudonym = models.BooleanField(
        "not their own name",
        default=False,
        help_text="No picture is shown, and their name is kept out of search engines' data.",
    )
    picture = models.ForeignKey(
        get_image_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    about = models.TextField(max_length=600, blank=True)

    # A name stays what it is in every language.
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [SynchronizedField("name", overridable=False)]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.is_pseudonym and self.picture_id:
            raise ValidationError({"picture": "Somebody who does not use their own name is not shown."})


class EventFootnote(AbstractFootnote):
    """The source of a fact in the story or the report."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="footnotes")


class EventTotals(models.Model):
    """How many seats of an event are taken, as the counting job last added them up, and how many came."""

    page = models.OneToOneField(EventPage, primary_key=True, on_delete=models.CASCADE, related_name="totals")
    seated = models.PositiveIntegerField(db_default=0, help_text="Seats of confirmed registrations.")
    waiting = models.PositiveIntegerField(db_default=0, help_text="Registrations on the waiting list.")
    came = models.PositiveIntegerField(db_default=0, help_text="Different presses on the button to join.")
    peak = models.PositiveIntegerField(null=True, help_text="Most people at once, as the provider counted.")
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "event totals"

    def __str__(self) -> str:
        return f"Totals of event {self.pk}"
