"""Columns that lists of petitions share."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from wagtail.admin.ui.tables import Column

from petitions.models import PetitionPage
from petitions.overview import PetitionFigures, petition_figures


class FigureColumn(Column):
    """One of a petition's figures; empty for other pages. Needs `attach_figures` on the rows of the list."""

    def __init__(self, name: str, *, figure: Callable[[PetitionFigures], int], **options: Any) -> None:
        super().__init__(name, **options)
        self.figure = figure

    def get_value(self, instance: object) -> str:
        figures = getattr(instance, "figures", None)
        return intcomma(self.figure(figures)) if figures else ""


def attach_figures(pages: Iterable[object]) -> None:
    """Give every petition among ``pages`` its ``figures``, in a fixed number of queries."""
    petitions = [page for page in pages if isinstance(page, PetitionPage)]
    figures = petition_figures(page.pk for page in petitions)
    for page in petitions:
        page.figures = figures[page.pk]


def _closing_day(page: object) -> str:
    # Wagtail's own column of dates tells how long ago a moment was, which a closing time is not.
    closes_at = getattr(page, "closes_at", None)
    return str(format_date(timezone.localtime(closes_at), "j M Y, H:i")) if closes_at else ""


def figure_columns(*, sort_key: str | None = None) -> list[Column]:
    """Signatures, goal, what waits, and how the petition stands. ``sort_key`` orders by online signatures."""
    return [
        FigureColumn("signatures", label="Signatures", figure=lambda figures: figures.count, sort_key=sort_key),
        FigureColumn("goal", label="Goal", figure=lambda figures: figures.goal),
        FigureColumn("unconfirmed", label="Unconfirmed", figure=lambda figures: figures.unconfirmed),
        FigureColumn("comments", label="Comments waiting", figure=lambda figures: figures.comments_waiting),
        Column("state", label="State", accessor="state_label"),
        Column("closes", label="Closes", accessor=_closing_day),
    ]
