"""The words with which people pass a page on."""

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page


class SharedPage(Page):
    """A page to read whose editors can say what is posted with its address; action pages have the same of their own."""

    share_text = models.CharField(
        "words to share",
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="What people post when they pass this page on, without the link. Some 35 words at most, which is 200 "
        "letters: then it fits everywhere. Leave it empty to share what stands at the top of the page.",
    )

    sharing_panels: ClassVar[list[Panel]] = [FieldPanel("share_text")]

    class Meta:
        abstract = True
