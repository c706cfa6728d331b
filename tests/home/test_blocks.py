"""Every block can be seen before it is used, says what it is for, and helps with each thing it asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from wagtail.blocks import Block, ListBlock, StructBlock
from wagtail.images.blocks import ImageBlock

from home.campaign_blocks import CampaignBodyBlock
from home.drawings import Drawing, drawing_path
from tests.petitions.organisers import colleague

BLOCKS = CampaignBodyBlock().child_blocks


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_tells_the_editor_what_it_is_for(name: str) -> None:
    meta = BLOCKS[name].meta
    assert meta.icon != "placeholder"
    get_template(f"wagtailadmin/icons/{meta.icon}.svg")
    assert meta.group
    assert meta.description.endswith(".")
    assert meta.template.startswith("home/blocks/")


def asked(block: Block) -> Iterator[Block]:
    """What an editor fills in, block by block; titles and captions explain themselves once the block is explained."""
    if isinstance(block, ListBlock):
        yield from asked(block.child_block)
    elif isinstance(block, StructBlock) and not isinstance(block, ImageBlock):
        for child in block.child_blocks.values():
            yield child
            yield from asked(child)


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_helps_with_what_it_asks(name: str) -> None:
    block = BLOCKS[name]
    is_explained = bool(getattr(block.meta, "help_text", ""))
    without = [
        child.name for child in asked(block) if not getattr(child.meta, "help_text", "") and not _field_help(child)
    ]
    assert is_explained or without == []


def _field_help(block: Block) -> str:
    return str(getattr(getattr(block, "field", None), "help_text", ""))


@pytest.mark.django_db
def test_the_editor_shows_every_block_in_our_own_styles(client: Client) -> None:
    client.force_login(colleague())
    for name, block in BLOCKS.items():
        assert block.is_previewable, name
        answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        html = answer.content.decode()
        assert answer.status_code == 200, name
        assert "css/base.css" in html
        assert len(html.split('class="reading"')[1]) > 80, name
        assert "style=" not in html, name


@pytest.mark.parametrize("drawing", Drawing.values)
def test_every_drawing_on_offer_is_there(drawing: str) -> None:
    path = finders.find(drawing_path(drawing))
    assert path
    assert "<script" not in Path(path).read_text()


def test_a_file_that_is_no_drawing_has_no_address() -> None:
    assert drawing_path("../settings.py") == drawing_path("") == ""
