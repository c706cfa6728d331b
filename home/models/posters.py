"""Posters and leaflets as they were last set in type."""

from django.db import models
from django.db.models import Q
from wagtail.models import Page


class KeptPoster(models.Model):
    """The PDF of one sheet of a page, kept so that asking for it twice costs no more than reading it."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    sheet = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=32, help_text="Of everything that the sheet was made from.")
    content = models.BinaryField()
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "sheet"],
                name="home_keptposter_one_of_each_sheet",
                violation_error_message="This sheet of the page is kept already.",
            ),
            models.CheckConstraint(
                condition=~Q(content=b""),
                name="home_keptposter_filled",
                violation_error_message="The PDF is empty.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} of page {self.page_id}"
