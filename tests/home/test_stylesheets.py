"""What every public style sheet keeps to: contrast, a scale, logical directions, focus, stillness."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from home.looks.contrast import AA, AAA, GRAPHIC, contrast
from home.looks.css_rules import Rule, custom_properties, rules_in
from home.looks.palette import COLOURS, PAIRS, own_palette

FOLDER = Path(settings.BASE_DIR) / "static" / "css"
SHEETS = sorted(path for path in FOLDER.glob("*.css") if not path.name.startswith("admin"))
# The file people take away has no colours of its own, and its sizes are those of a document.
DESIGNED = [path for path in SHEETS if path.name != "data.css"]

TEXT_GROUNDS = ("paper", "sunk")
COLOUR = re.compile(r"var\(--([\w-]+)\)")
BARS = re.compile(r"\b(progress|meter)\b(?!_)")
STATES = re.compile(r":(?:hover|focus|focus-visible|active|target)\b")

PHYSICAL_NAME = re.compile(
    r"(?:(?:margin|padding|border|scroll-margin|scroll-padding|inset)-(?:left|right|top|bottom)\b.*"
    r"|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|border-(?:top|bottom)-.*-radius)"
)
PHYSICAL_VALUE = {
    "text-align": r"left|right",
    "float": r"left|right",
    "clear": r"left|right",
    "transform": r"translate(?:X|3d)|translate\([^)]*,",
    "transform-origin": r"left|right",
}
FOUR_SIDES = ("margin", "padding", "inset", "border-width", "scroll-margin", "scroll-padding")

TEXT_SIZES = {"1rem", "1.0625rem", "1.125rem", "1.25rem", "1.375rem", *(f"var(--step-{step})" for step in range(-1, 5))}
# Numbers that are looked at before they are read, what takes its size from the text around it, paper, drawings.
OTHER_SIZES = re.compile(r"2\.25rem|2\.75rem|(?:min\()?clamp\(.*|[\d.]+em|[\d.]+pt|(?:11|16|19)px")
FONT_SIZE = re.compile(r"(var\(--step-[-\d]+\)|min\(clamp\(.*?\).*?\)|clamp\(.*?\)|[\d.]+(?:rem|em|px|pt))")


def rules(paths: list[Path] = SHEETS) -> list[tuple[str, Rule]]:
    return [(path.name, rule) for path in paths for rule in rules_in(path.read_text())]


def on_screen() -> list[Rule]:
    """The rules that colour a screen whose colours are ours."""
    return [rule for _, rule in rules(DESIGNED) if not rule.stands_in("print") and not rule.stands_in("forced-colors")]


def colour_in(value: str | None) -> str:
    """The custom property that is a colour in ``value``, or nothing."""
    return next((name for name in COLOUR.findall(value or "") if name in COLOURS), "")


def found_pairs() -> set[tuple[str, str]]:
    """Each colour on each ground it may be seen on: its own rule's, or else all that text stands on."""
    text_of = {rule.selector: colour_in(rule.get("color")) for rule in on_screen() if rule.get("color")}
    pairs: set[tuple[str, str]] = set()
    for rule in on_screen():
        front, ground = colour_in(rule.get("color")), colour_in(rule.get("background"))
        if BARS.search(rule.selector):
            pairs |= {(colour, "line") for colour in (front, ground) if colour and colour != "line"}
        elif ground and rule.get("content") != '""':
            pairs.add((front or text_of.get(STATES.sub("", rule.selector), "ink"), ground))
        elif front:
            pairs |= {(front, below) for below in TEXT_GROUNDS}
    return pairs


def test_every_colour_is_seen_only_where_its_contrast_was_thought_of() -> None:
    assert len(found_pairs()) > 15
    assert found_pairs() - {(pair.front, pair.ground) for pair in PAIRS} == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_reaches_its_ratio(scheme) -> None:
    palette = own_palette(scheme)
    too_weak = {
        (pair.front, pair.ground): round(ratio, 2)
        for pair in PAIRS
        if (ratio := contrast(palette[pair.front], palette[pair.ground])) < pair.ratio
    }

    assert too_weak == {}


def test_text_to_read_is_asked_for_more_and_only_bars_for_less() -> None:
    asked = {(pair.front, pair.ground): pair.ratio for pair in PAIRS}

    assert {asked["ink", ground] for ground in TEXT_GROUNDS} == {AAA}
    assert {pair.ground for pair in PAIRS if pair.ratio < AA} == {"line"}
    assert GRAPHIC == 3.0


def test_colours_are_named_once_in_base_css() -> None:
    """A colour written out elsewhere would not follow dark screens, nor an organisation's choice."""
    base = (FOLDER / "base.css").read_text()
    written = {
        (name, rule.selector, value)
        for name, rule in rules(DESIGNED)
        for property_name, value in rule.declarations
        if re.search(r"#[0-9a-f]{3,8}\b|\brgb|\bhsl", value) and not property_name.startswith("--")
    }

    # A mail in the development mailbox is shown on white, as mail programs do.
    assert written == {("mailbox.css", ".mailbox__html", "#fff")}
    assert {name for name, value in custom_properties(base, dark=False).items() if value.startswith("#")} == COLOURS


def test_nothing_is_tied_to_left_or_right() -> None:
    physical = [
        (name, rule.selector, f"{property_name}: {value}")
        for name, rule in rules()
        for property_name, value in rule.declarations
        if PHYSICAL_NAME.fullmatch(property_name)
        or (property_name in PHYSICAL_VALUE and re.search(PHYSICAL_VALUE[property_name], value))
        or (
            property_name in FOUR_SIDES
            and len(sides := re.sub(r"\([^()]*\)", "", value).split()) == 4
            and sides[1] != sides[3]
        )
    ]

    assert physical == []


def test_sizes_come_from_the_scale() -> None:
    strange = [
        (name, rule.selector, value)
        for name, rule in rules(DESIGNED)
        for property_name, value in rule.declarations
        if property_name in {"font", "font-size"}
        and value != "inherit"
        and (size := FONT_SIZE.search(value))
        and size[1] not in TEXT_SIZES
        and not OTHER_SIZES.fullmatch(size[1])
    ]

    assert strange == []


def test_spaces_come_in_steps_of_an_eighth() -> None:
    strange = [
        (name, rule.selector, value)
        for name, rule in rules(DESIGNED)
        for property_name, value in rule.declarations
        if re.match(r"margin|padding|gap|row-gap|column-gap", property_name)
        and any(float(rem) * 8 % 1 for rem in re.findall(r"(-?[\d.]+)rem", COLOUR.sub("", value)))
    ]

    assert strange == []


def test_focus_is_two_rings_and_never_taken_away() -> None:
    ring = next(rule for _, rule in rules() if rule.selector == ":focus-visible")
    without = [(rule.selector) for _, rule in rules() if rule.get("outline") in {"none", "0"}]

    # Focused by the link that skips the menu, and much too large to be ringed.
    assert without == ["main:focus"]
    assert (colour_in(ring.get("outline")), colour_in(ring.get("box-shadow"))) == ("ink", "paper")
    assert ("ink", "paper") in {(pair.front, pair.ground) for pair in PAIRS}


def test_nothing_moves_for_those_who_asked_for_stillness() -> None:
    moving = [
        rule.selector
        for _, rule in rules()
        if {"transition", "animation", "scroll-behavior"} & {name for name, _ in rule.declarations}
        and not rule.stands_in("prefers-reduced-motion: no-preference")
    ]

    assert moving == []


def test_paper_gets_no_buttons_and_no_menu() -> None:
    hidden = {
        selector
        for _, rule in rules()
        if rule.stands_in("print") and rule.get("display") == "none"
        for selector in re.split(r",\s*", rule.selector)
    }

    assert {".skip", ".masthead__menu", ".button", ".share", ".leave"} <= hidden


@pytest.mark.parametrize("broken", ["a { color: red", "a { } }", "@media print { a { b: c }"])
def test_a_sheet_with_unequal_braces_is_not_half_read(broken) -> None:
    with pytest.raises(ValueError, match="block"):
        rules_in(broken)


def test_strings_and_comments_hide_what_looks_like_a_rule() -> None:
    [rule] = rules_in('/* b { c: d } */ a::before { content: "} ; {"; color: red }')

    assert rule.declarations == (("content", '"} ; {"'), ("color", "red"))
