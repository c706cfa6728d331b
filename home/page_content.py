"""What a page holds, found wherever it stands: in its fields, and in blocks inside blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock

PARAGRAPH_ENDS: Final = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Part:
    """One value of a page's ``field``; ``kind`` is the block or the model field that holds it."""

    field: str
    kind: blocks.Block | models.Field
    value: Any

    @property
    def html(self) -> str:
        """Its rich text; empty for everything else."""
        if isinstance(self.kind, blocks.RichTextBlock):
            return getattr(self.value, "source", None) or ""
        return self.value or "" if isinstance(self.kind, RichTextField) else ""


def parts_of(instance: models.Model) -> Iterator[Part]:
    """Everything that editors typed or chose on a page, or on one row of what hangs on it."""
    for field in instance._meta.concrete_fields:
        if isinstance(field, StreamField):
            for block, value in _walk(field.stream_block, getattr(instance, field.attname)):
                yield Part(field.name, block, value)
        elif isinstance(field, RichTextField | models.URLField):
            yield Part(field.name, field, getattr(instance, field.attname))


def _walk(block: blocks.Block, value: Any) -> Iterator[tuple[blocks.Block, Any]]:
    if isinstance(block, blocks.StreamBlock):
        for child in value or ():
            yield from _walk(child.block, child.value)
    elif isinstance(block, blocks.ListBlock):
        for item in value or ():
            yield from _walk(block.child_block, item)
    elif isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        for name, child in block.child_blocks.items():
            yield from _walk(child, (value or {}).get(name))
    else:
        yield block, value


def paragraphs_of(instance: models.Model) -> list[str]:
    """The running text of a page without its markup: rich text and plain text, paragraph by paragraph."""
    found: list[str] = []
    for part in parts_of(instance):
        html = part.html
        if isinstance(part.kind, blocks.TextBlock):
            html = part.value or ""
        found += [unescape(TAG.sub("", piece)).strip() for piece in PARAGRAPH_ENDS.split(html)]
    return [paragraph for paragraph in found if paragraph]
