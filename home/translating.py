"""What of a block is put before translators. Everything else stays as it is in every language."""

from typing import Any, ClassVar

from wagtail import blocks
from wagtail_localize.segments import StringSegmentValue


class PartsToTranslate:
    """For a block of parts: only ``translated_parts``, plain texts, are translated.

    The others are names, dates, or notes to colleagues that no translator outside may read.
    """

    translated_parts: ClassVar[tuple[str, ...]] = ()

    def get_translatable_segments(self, value: blocks.StructValue) -> list[StringSegmentValue]:
        return [StringSegmentValue(part, value[part]) for part in self.translated_parts if value.get(part)]

    def restore_translated_segments(
        self, value: blocks.StructValue, segments: list[StringSegmentValue]
    ) -> blocks.StructValue:
        for segment in segments:
            value[segment.path] = segment.render_text()
        return value


class CellsToTranslate:
    """For a table: its caption and every cell, by row and column."""

    def get_translatable_segments(self, value: dict[str, Any] | None) -> list[StringSegmentValue]:
        if not value:
            return []
        caption = [StringSegmentValue("caption", value.get("table_caption") or "")]
        rows = enumerate(value.get("data") or [])
        return caption + [
            StringSegmentValue(f"{row}-{column}", cell or "")
            for row, cells in rows
            for column, cell in enumerate(cells)
        ]

    def restore_translated_segments(self, value: dict[str, Any], segments: list[StringSegmentValue]) -> dict[str, Any]:
        for segment in segments:
            if segment.path == "caption":
                value["table_caption"] = segment.render_text()
                continue
            row, column = map(int, segment.path.split("-"))
            value["data"][row][column] = segment.render_text()
        return value


class NotTranslated:
    """For a block that says the same in every language, such as a date."""

    def get_translatable_segments(self, _value: Any) -> list[StringSegmentValue]:
        return []
