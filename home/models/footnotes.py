"""Sources of facts, referred to in the text as [1], [2] … in their order."""

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Orderable


class AbstractFootnote(Orderable):
    """The source of one fact on a page. A concrete model adds the ``page`` it stands on."""

    text = models.TextField(
        help_text="Author, title, publisher, year. Write [1] in the text where the first footnote belongs."
    )
    url = models.URLField("link", blank=True, help_text="Only if you have checked that it still works.")

    panels: ClassVar[list[Panel]] = [FieldPanel("text"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.text[:60]
