"""Every block can be seen before it is used, and says what it is for."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from wagtail.blocks import Block

from home.blocks import BodyBlock
from home.drawings import Drawing, drawing_path

BLOCKS = BodyBlock().child_blocks
# Nothing sensible can be shown before a picture is chosen.
WITHOUT_PREVIEW = {"picture"}


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_tells_the_editor_what_it_is_for(name: str) -> None:
    meta = BLOCKS[name].meta
    assert meta.icon != "placeholder"
    assert meta.group
    assert meta.description.endswith(".")
    assert meta.template.startswith("home/blocks/")


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(BLOCKS) - WITHOUT_PREVIEW))
def test_every_block_draws_its_example(name: str) -> None:
    block: Block = BLOCKS[name]
    html = block.render(block.normalize(block.get_preview_value()))
    assert html.strip()
    assert "style=" not in html


@pytest.mark.parametrize("drawing", Drawing.values)
def test_every_drawing_on_offer_is_there(drawing: str) -> None:
    path = finders.find(drawing_path(drawing))
    assert path
    assert "<script" not in Path(path).read_text()


def test_a_file_that_is_no_drawing_has_no_address() -> None:
    assert drawing_path("../settings.py") == drawing_path("") == ""
