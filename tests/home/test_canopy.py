"""The canopy opens as signatures rise."""

import re

import pytest
from django.template import Context, Template

from home.canopy import canopy_panels
from home.templatetags.humanise import grouped, share_of


@pytest.mark.parametrize(("filled", "panels"), [(0, 12), (7, 12), (12, 12), (1, 1), (5, 8)])
def test_as_many_panels_are_open_as_asked_from_the_left(filled: int, panels: int) -> None:
    drawn = canopy_panels(filled, panels)
    assert [panel.is_open for panel in drawn] == [True] * filled + [False] * (panels - filled)


def test_panels_lie_side_by_side_from_one_edge_to_the_other() -> None:
    edges = [re.findall(r"Q\S+ \S+ (\S+) 0", panel.path)[0] for panel in canopy_panels(0, 12)]
    assert edges == sorted(edges, key=float)
    assert float(edges[-1]) == 100
    assert float(edges[5]) == 0


@pytest.mark.parametrize(("filled", "panels", "is_open"), [(99, 12, 12), (-1, 12, 0), (3, 0, 1), (3, 1000, 3)])
def test_nonsense_is_drawn_within_bounds(filled: int, panels: int, is_open: int) -> None:
    html = Template("{% load canopies %}{% canopy filled=filled panels=panels %}").render(
        Context({"filled": filled, "panels": panels})
    )
    assert html.count("is-open") == is_open


def test_the_drawing_is_hidden_from_screen_readers_and_carries_no_style() -> None:
    html = Template("{% load canopies %}{% canopy %}").render(Context())
    assert 'aria-hidden="true"' in html
    assert "style=" not in html


@pytest.mark.parametrize(
    ("percent", "panels"), [(0, 0), (1, 1), (8, 1), (9, 2), (50, 6), (99, 12), (100, 12), (250, 12)]
)
def test_the_first_signature_opens_the_first_panel(percent: int, panels: int) -> None:
    assert share_of(percent, 12) == panels


def test_numbers_are_grouped_for_reading() -> None:
    assert grouped(1234567) == "1,234,567"
    assert grouped(None) == "0"
