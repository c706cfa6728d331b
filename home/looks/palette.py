"""The colours of the site: which there are, which stand on which, and what an organisation's own make of them.

base.css is where the platform's own colours are written. An organisation chooses five in each scheme, light and dark;
the rest follows from those.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from home.looks.contrast import AA, AAA, GRAPHIC, contrast, mixed, near_colour
from home.looks.css_rules import custom_properties

Scheme = Literal["light", "dark"]
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")

ROLES: Final[dict[str, str]] = {
    "paper": "paper",
    "ink": "ink",
    "accent": "red",
    "accent_text": "on-red",
    "link": "plum",
}
"""What an organisation chooses, and the custom property of base.css that it sets."""

COLOURS: Final = frozenset(
    {*ROLES.values(), "sunk", "soft", "line", "red-deep", "green", "amber", "amber-wash"},
)
"""Every custom property that is a colour."""


@dataclass(frozen=True)
class Pair:
    """A colour that is seen on another, and the ratio it needs."""

    front: str
    ground: str
    ratio: float


# A test reads every public style sheet and finds no pair that is not here.
PAIRS: Final[tuple[Pair, ...]] = (
    *(Pair("ink", ground, AAA) for ground in ("paper", "sunk")),
    *(Pair(front, ground, AA) for front in ("soft", "red", "plum", "green", "amber") for ground in ("paper", "sunk")),
    *(Pair(front, "amber-wash", AA) for front in ("ink", "plum")),
    *(Pair("on-red", ground, AA) for ground in ("red", "red-deep")),
    *(Pair("paper", ground, AA) for ground in ("ink", "plum", "green")),
    *(Pair(front, "line", GRAPHIC) for front in ("red", "green")),
)


@cache
def own_palette(scheme: Scheme) -> Mapping[str, str]:
    """The platform's colours, by custom property, as base.css has them."""
    return {name: value for name, value in own_properties(scheme).items() if name in COLOURS}


@cache
def own_properties(scheme: Scheme) -> Mapping[str, str]:
    """Every custom property of base.css."""
    return custom_properties(Path(str(finders.find("css/base.css"))).read_text(), dark=scheme == "dark")


def palette_of(chosen: Mapping[str, str], scheme: Scheme) -> dict[str, str]:
    """Every colour, by custom property, that follows from ``chosen`` (by the names of ROLES; all of them)."""
    paper, ink, accent, accent_text = (chosen[role] for role in ("paper", "ink", "accent", "accent_text"))
    sunk = mixed(paper, ink, 0.06)
    soft = mixed(ink, paper, 0.25)
    # Pressed, a button goes away from the colour of its own words.
    away = max((ink, paper), key=lambda colour: contrast(colour, accent_text))
    return {
        **own_palette(scheme),
        **{name: chosen[role] for role, name in ROLES.items()},
        "sunk": sunk,
        "soft": near_colour(soft, {paper: AA, sunk: AA}) or ink,
        "line": mixed(paper, ink, 0.25),
        "red-deep": mixed(accent, away, 0.25),
    }


@dataclass(frozen=True)
class Problem:
    """A pair that cannot be read well enough; ``role`` (of ROLES) is what to change, ``sentence`` says how."""

    role: str
    sentence: str


def problems_of(chosen: Mapping[str, str], scheme: Scheme) -> Iterator[Problem]:
    """What keeps ``chosen`` from being readable by everybody, at most once for each of the chosen colours."""
    palette = palette_of(chosen, scheme)
    seen: set[str] = set()
    for pair in PAIRS:
        ratio = contrast(palette[pair.front], palette[pair.ground])
        role = _to_blame(pair)
        if ratio < pair.ratio and role not in seen:
            seen.add(role)
            yield Problem(role, _sentence(pair, palette, ratio, role))


def _to_blame(pair: Pair) -> str:
    """The chosen colour that has to move: the one in front, else the ground, else the paper all others follow."""
    by_property = {name: role for role, name in ROLES.items()}
    # Paper in front is what a filled button says; there the ground is what can be told apart from the page.
    first = (pair.ground, pair.front) if pair.front == "paper" else (pair.front, pair.ground)
    return next((by_property[name] for name in first if name in by_property), "paper")


def _sentence(pair: Pair, palette: Mapping[str, str], ratio: float, role: str) -> str:
    moving, fixed = (pair.front, pair.ground) if ROLES[role] == pair.front else (pair.ground, pair.front)
    said = {
        "front": _name(pair.front),
        "front_colour": palette[pair.front],
        "ground": _name(pair.ground),
        "ground_colour": palette[pair.ground],
        # Rounded down: 4.49 must not read as the 4.5 that is asked for.
        "ratio": f"{int(ratio * 100) / 100:.2f}",
        "needed": f"{pair.ratio:g}",
    }
    sentence = (
        _(
            "%(front)s %(front_colour)s on %(ground)s %(ground_colour)s has a contrast of %(ratio)s to 1, "
            "and needs %(needed)s to 1 at least."
        )
        % said
    )
    needed = {palette[other.ground]: other.ratio for other in PAIRS if other.front == moving == pair.front}
    near = near_colour(palette[moving], needed or {palette[fixed]: pair.ratio}) if moving in ROLES.values() else None
    if near:
        return f"{sentence} " + _("%(colour)s would do.") % {"colour": near}
    return f"{sentence} " + _("Choose a paper that is nearer to black or to white.")


def _name(name: str) -> str:
    names = {
        "paper": _("Paper"),
        "ink": _("Ink"),
        "red": _("Accent"),
        "on-red": _("Accent text"),
        "plum": _("Link"),
        "sunk": _("Paper of boxes"),
        "soft": _("Soft ink"),
        "line": _("Line"),
        "red-deep": _("Pressed accent"),
        "green": _("Green"),
        "amber": _("Amber"),
        "amber-wash": _("Amber wash"),
    }
    return names[name]
