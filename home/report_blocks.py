"""What a long report is built from, beyond the vocabulary of every page."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock

from home import charts
from home.blocks import (
    CallToActionBlock,
    DividerBlock,
    FactsBlock,
    FigureBlock,
    HeadingBlock,
    ParagraphBlock,
    QuoteBlock,
    StepsBlock,
    TimelineBlock,
)
from home.footnote_links import without_markers
from home.translating import CellsToTranslate


class ReportPictureBlock(blocks.StructBlock):
    """A picture nobody has to see to follow the report."""

    image = ImageChooserBlock(help_text="No faces of people who have not agreed in writing.")
    alt_text = blocks.CharBlock(
        label="text alternative",
        max_length=400,
        help_text="What somebody who does not see the picture must know of it.",
    )
    caption = blocks.CharBlock(required=False, help_text="What stands below the picture. [1] leads to a footnote.")
    source = blocks.CharBlock(help_text="Who made the picture, and whose it is.")

    class Meta:
        icon = "image"
        group = "Pictures"
        template = "home/blocks/report_picture.html"
        description = "A picture with its text alternative, caption and source."


class ReportTableBlock(CellsToTranslate, TableBlock):
    """Rows and columns that can be read aloud: with a caption and headers."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned and not self.is_deferred_validation and not (cleaned.get("table_caption") or "").strip():
            raise ValidationError("Give the table a caption that says what it shows.")
        return cleaned

    class Meta:
        icon = "table"
        group = "Evidence"
        template = "home/blocks/table.html"
        description = "A table. Say which row or column holds its headers, and give it a caption."
        preview_value: ClassVar[dict[str, Any]] = {
            "data": [
                ["Year", "What happened"],
                ["1995", "A private prosecution is won [1]"],
                ["2019", "A law follows"],
            ],
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "table_header_choice": "both",
            "table_caption": "Two wins, a quarter of a century apart",
        }


class ChartKind(models.TextChoices):
    """How figures are drawn."""

    BAR = "bar", "bars, to compare"
    LINE = "line", "a line, for change over time"


class ChartRowBlock(blocks.StructBlock):
    """One figure of a chart."""

    label = blocks.CharBlock(max_length=120, help_text="What is counted, or the year.")
    number = blocks.DecimalBlock(min_value=0, max_digits=12, decimal_places=3)

    class Meta:
        icon = "order"


class ChartValue(blocks.StructValue):
    """A chart's figures, with what its drawing needs."""

    @property
    def rows_shown(self) -> list[charts.Row]:
        pairs = [(without_markers(row["label"] or ""), Decimal(row["number"] or 0)) for row in self["rows"]]
        return charts.rows_from(pairs, self.get("unit") or "")

    @property
    def bars(self) -> list[charts.Bar]:
        return charts.bars(self.rows_shown)[0]

    @property
    def points(self) -> list[charts.Point]:
        return charts.line(self.rows_shown)

    @property
    def segments(self) -> list[tuple[charts.Point, charts.Point]]:
        """The points in pairs, each with the next."""
        return list(zip(self.points, self.points[1:], strict=False))

    @property
    def is_line(self) -> bool:
        return self["kind"] == ChartKind.LINE

    @property
    def height(self) -> int:
        """In pixels."""
        return charts.PLOT_BOTTOM + 36 if self.is_line else charts.bars(self.rows_shown)[1]

    @property
    def bar_height(self) -> int:
        """In pixels."""
        return charts.BAR

    @property
    def ground(self) -> int:
        """Where nought is in the drawing of a line, in pixels from the top."""
        return charts.PLOT_BOTTOM

    @property
    def anchor(self) -> str:
        return charts.chart_id(self.name, self.rows_shown)

    @property
    def name(self) -> str:
        return without_markers(self["title"] or "")


class ChartBlock(blocks.StructBlock):
    """Figures, drawn; and the same figures as a table for whoever would rather read them."""

    kind = blocks.ChoiceBlock(choices=ChartKind.choices, default=ChartKind.BAR)
    title = blocks.CharBlock(max_length=200, help_text="What the chart shows. [1] leads to a footnote.")
    description = blocks.TextBlock(
        max_length=600, help_text="What can be seen in it, in a sentence or two, for whoever does not see it."
    )
    unit = blocks.CharBlock(required=False, max_length=20, help_text="Behind each number: %, or people.")
    rows = blocks.ListBlock(ChartRowBlock(), min_num=2, max_num=12, help_text="In the order they are to be read.")
    source = blocks.CharBlock(help_text="Publisher and year, or the footnote: [1].")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["kind"] == ChartKind.LINE and not _fits_a_line(cleaned["rows"]):
            sentence = (
                f"A line has room for {charts.MOST_POINTS} figures with labels of at most "
                f"{charts.LONGEST_POINT_LABEL} letters. Draw bars, or shorten it."
            )
            raise StructBlockValidationError(block_errors={"kind": ValidationError(sentence)})
        return cleaned

    class Meta:
        icon = "history"
        group = "Evidence"
        template = "home/blocks/chart.html"
        value_class = ChartValue
        description = "A few figures drawn as bars or as a line, with their source."
        preview_value: ClassVar[dict[str, Any]] = {
            "kind": ChartKind.BAR,
            "title": "How sex workers described their experience with the police",
            "description": "The bar for a bad experience is longer than the one for a good experience.",
            "unit": "%",
            "rows": [{"label": "Bad", "number": 36}, {"label": "Good", "number": 30}],
            "source": "ICRSE, 2020",
        }


def _fits_a_line(rows: Any) -> bool:
    return len(rows) <= charts.MOST_POINTS and all(
        len(row["label"] or "") <= charts.LONGEST_POINT_LABEL for row in rows
    )


class ReportBodyBlock(blocks.StreamBlock):
    """A report's text, evidence and pictures. All of it can be printed: see home/exports/report_pieces.py."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    divider = DividerBlock()
    quote = QuoteBlock()
    figure = FigureBlock()
    facts = FactsBlock()
    chart = ChartBlock()
    table = ReportTableBlock()
    picture = ReportPictureBlock()
    timeline = TimelineBlock()
    steps = StepsBlock()
    call_to_action = CallToActionBlock()

    class Meta:
        template = "home/blocks/body.html"
