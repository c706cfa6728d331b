"""The blocks that editors can choose from, found in the pages themselves, so that none is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from wagtail.blocks import Block
from wagtail.fields import StreamField
from wagtail.models import Page


@dataclass(frozen=True)
class BlockSample:
    """One kind of block, named as in the editor, and drawn with its sample value."""

    name: str
    label: str
    group: str
    description: str
    html: str


def blocks_on_offer() -> dict[str, Block]:
    """Every kind of block that the stream of some page type takes, by the name of its class."""
    return {type(block).__name__: block for block in _blocks()}


def _blocks() -> Iterator[Block]:
    for model in apps.get_models():
        if issubclass(model, Page):
            for field in model._meta.local_fields:
                if isinstance(field, StreamField):
                    yield from field.stream_block.child_blocks.values()


def block_samples() -> list[BlockSample]:
    """Each block with its sample value, in the groups in which editors meet them."""
    samples = [
        BlockSample(
            name=name,
            label=str(block.label),
            group=str(block.meta.group),
            description=block.get_description(),
            html=block.render(block.get_preview_value()),
        )
        for name, block in blocks_on_offer().items()
    ]
    return sorted(samples, key=lambda sample: (sample.group, sample.label))
