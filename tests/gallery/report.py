"""What the gallery found: pictures side by side, weights, and faults."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.gallery.looks import ENGLISH_LOOKS, ROMANIAN_LOOKS
from tests.journeys.first_load import MOST_BYTES_WITHOUT_PICTURES, MOST_REQUESTS, FirstLoad

SHOWN: Final = (*ENGLISH_LOOKS, ROMANIAN_LOOKS[0])


@dataclass
class State:
    """One state of the site: where it was met, its pictures by look, and its first load."""

    name: str
    path: str
    pictures: dict[str, str] = field(default_factory=dict)
    load: FirstLoad | None = None


def file_name(state: str) -> str:
    """What the pictures of a state are called."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in state.lower()).split())


def write_index(folder: Path, states: dict[str, State]) -> None:
    """`index.md`: every state, all its looks side by side, and the table of weights."""
    heads = " | ".join(look.title for look in SHOWN)
    lines = [
        "# Gallery",
        "",
        "Every page and state of the demo campaign, as `make gallery` met it: the first screens of each, made small.",
        "People, members of Parliament and numbers of signatures in it are invented. `make gallery` fails when axe",
        "finds anything on one of them, or when a page breaks a promise of the table at the end. It leaves pictures",
        "in full size in `var/gallery/`.",
        "",
        "An empty place means that the page is not there in that language, or has nothing of the campaign's on it.",
        "",
        f"| | {heads} |",
        "|---|" + "---|" * len(SHOWN),
    ]
    for state in states.values():
        cells = [_picture(state, look.name, look.title) for look in SHOWN]
        lines.append(f"| {state.name} | {' | '.join(cells)} |")
    lines += [
        "",
        "## First load",
        "",
        "On a phone, with nothing in its cache, scrolled to the end. Promised: less than",
        f"{MOST_BYTES_WITHOUT_PICTURES:,} bytes without pictures, at most {MOST_REQUESTS} requests, nothing that",
        "drawing waits for but our own style sheets, no font, and a layout that does not shift.",
        "",
        "| Page | Bytes without pictures | Requests | Style sheets | Layout shift |",
        "|---|---:|---:|---:|---:|",
    ]
    for state in states.values():
        if state.load:
            load = state.load
            sheets = len(load.blocking)
            lines.append(f"| {state.name} | {load.total:,} | {load.requests} | {sheets} | {load.layout_shift:g} |")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.md").write_text("\n".join(lines) + "\n")


def _picture(state: State, look: str, title: str) -> str:
    picture = state.pictures.get(look)
    return f"![{state.name}, {title.lower()}]({picture})" if picture else ""
