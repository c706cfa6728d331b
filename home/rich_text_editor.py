"""The editor for text with formatting."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea


class WholeSignsArea(DraftailRichTextArea):
    """Wagtail's own, without signs that no database keeps.

    Whoever deletes half of an emoji leaves its other half behind; browsers send it on in JSON, and only there.
    """

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> str | None:
        typed: str | None = super().value_from_datadict(data, files, name)
        return typed and typed.replace("\0", "").encode(errors="ignore").decode()
