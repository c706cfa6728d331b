"""What the site says at the foot of every page, in its other languages."""

from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import RichTextField
from wagtail.models import Locale

from home.models.site_look import SiteLook


@dataclass(frozen=True)
class Words:
    """The words at the foot of a page; ``language`` is what they are written in."""

    tagline: str = ""
    footer_text: str = ""
    language: str = settings.LANGUAGE_CODE


class SiteWords(models.Model):
    """The tagline and the footer's text in one more language."""

    look = ParentalKey(SiteLook, on_delete=models.CASCADE, related_name="words")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", verbose_name="language")
    tagline = models.CharField(max_length=160, blank=True)
    footer_text = RichTextField(blank=True, features=["bold", "italic", "link"])

    panels: ClassVar[list[Panel]] = [FieldPanel("locale"), FieldPanel("tagline"), FieldPanel("footer_text")]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["look", "locale"],
                name="home_sitewords_once_a_language",
                violation_error_message="There are words in this language already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.locale}: {self.tagline}"


def words_in(language: str, look: SiteLook) -> Words:
    """What ``look`` says in ``language``; its own words where nobody translated them. One query, none for the first."""
    if language != settings.LANGUAGE_CODE and look.pk:
        told = SiteWords.objects.filter(look=look, locale__language_code=language).first()
        if told is not None:
            return Words(told.tagline, told.footer_text, language)
    return Words(look.tagline, look.footer_text)
