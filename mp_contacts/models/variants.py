"""The opening drafts of a letter page, each for the members of Parliament it fits."""

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.models import Orderable

from mp_contacts.models.pages import LetterPage
from mp_contacts.models.positions import Stance
from mp_contacts.models.seats import Country, Region


class LetterVariant(Orderable):
    """An opening draft, or the reason not to write, for the MPs it fits. The first that fits is used.

    What is left empty fits everybody.
    """

    class Kind(models.TextChoices):
        DRAFT = "draft", "A draft to start from"
        DO_NOT_WRITE = "do_not_write", "Do not write to these"

    page = ParentalKey(LetterPage, on_delete=models.CASCADE, related_name="variants")
    name = models.CharField(max_length=80, help_text="For organisers, such as 'Champions' or 'Scotland'.")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.DRAFT)
    parties = models.CharField(max_length=300, blank=True, help_text="Parties it fits, with commas between them.")
    country = models.CharField(max_length=20, choices=Country, blank=True)
    region = models.CharField(max_length=20, choices=Region, blank=True)
    stance = models.CharField(max_length=12, choices=Stance, blank=True)
    text = models.TextField(
        help_text="The draft without greeting and signature; or, where people should not write, why not and what "
        "helps instead."
    )

    panels: ClassVar[list[Panel]] = [
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("text"),
        MultiFieldPanel(
            [FieldPanel("parties"), FieldPanel("country"), FieldPanel("region"), FieldPanel("stance")],
            heading="Only for some MPs",
            classname="collapsed",
        ),
    ]

    def __str__(self) -> str:
        return self.name

    @property
    def fits_everybody(self) -> bool:
        return not (self._parties or self.country or self.region or self.stance)

    def fits(self, *, party: str, country: str, region: str, stance: str) -> bool:
        """Whether this is for an MP of ``party`` whose seat is in ``country`` and ``region``."""
        return (
            (not self._parties or _plain(party) in self._parties)
            and self.country in {"", country}
            and self.region in {"", region}
            and self.stance in {"", stance}
        )

    @property
    def _parties(self) -> set[str]:
        return {_plain(party) for party in self.parties.split(",")} - {""}


def _plain(party: str) -> str:
    return " ".join(party.casefold().split())
