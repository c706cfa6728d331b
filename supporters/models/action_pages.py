"""What every page that asks for an action has in common."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel, Panel
from wagtail.fields import RichTextField
from wagtail.models import Page

from supporters.models.consent import ConsentText


class PrivacyMode(models.TextChoices):
    """How much the campaign can learn about the people who act on a page."""

    CONTACTABLE = "contactable", "Contactable: kept encrypted, readable by organisers with permission"
    COUNT = "count", "Count only: the address is used once to confirm, then only a keyed hash remains"


class ActionPage(Page):
    """A page people act on: who is responsible for the data, when it is open, and what comes after."""

    privacy_mode = models.CharField(
        max_length=12,
        choices=PrivacyMode,
        default=PrivacyMode.CONTACTABLE,
        help_text="What cannot be read cannot be leaked. Choose 'count only' unless you need to write to people.",
    )
    controller = models.CharField(
        "organisation responsible for the data",
        max_length=200,
        help_text="Its full legal name. People are told this before they act.",
    )
    consent_text = models.ForeignKey(
        ConsentText,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The words beside the unticked box that asks whether you may write again.",
    )
    opens_at = models.DateTimeField(null=True, blank=True, help_text="Leave empty to open when published.")
    closes_at = models.DateTimeField(null=True, blank=True, help_text="Leave empty to stay open.")
    thank_you_title = models.CharField(max_length=120, default="Thank you")
    thank_you_body = RichTextField(blank=True, help_text="Shown once someone has confirmed.")
    next_action = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="What to ask for next, once someone has confirmed.",
    )
    share_text = models.CharField(
        max_length=200, blank=True, help_text="What people will post when they share this page. Without the link."
    )

    action_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel([FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")])], heading="When it is open"),
        MultiFieldPanel(
            [FieldPanel("privacy_mode"), FieldPanel("controller"), FieldPanel("consent_text")],
            heading="People's data",
        ),
    ]
    afterwards_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [FieldPanel("thank_you_title"), FieldPanel("thank_you_body"), PageChooserPanel("next_action")],
            heading="Thank you",
        ),
        FieldPanel("share_text"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": "Choose a closing time after the opening time."})

    @property
    def is_within_opening_times(self) -> bool:
        now = timezone.now()
        return not (self.opens_at and now < self.opens_at) and not (self.closes_at and now >= self.closes_at)
