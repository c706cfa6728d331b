"""What the site says about itself on every page."""

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.fields import RichTextField


class SiteLook(BaseSiteSetting):
    """The name at the top of every page and the words at its foot."""

    organisation_name = models.CharField(
        max_length=80, default="Parasol", help_text="Stands beside the canopy at the top of every page."
    )
    tagline = models.CharField(
        max_length=160, blank=True, help_text="One line below the name in the footer. What are you for?"
    )
    contact_email = models.EmailField(
        "contact e-mail", blank=True, help_text="Shown in the footer. Use a shared mailbox, not a person's."
    )
    footer_text = RichTextField(
        blank=True,
        features=["bold", "italic", "link"],
        help_text="Who publishes this site, and where to complain.",
    )

    panels: ClassVar[list[Panel]] = [
        MultiFieldPanel([FieldPanel("organisation_name"), FieldPanel("tagline")], heading="Name"),
        MultiFieldPanel([FieldPanel("contact_email"), FieldPanel("footer_text")], heading="Footer"),
    ]

    class Meta:
        verbose_name = "site look"
