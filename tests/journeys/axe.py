"""Asking axe-core what is wrong with a page."""

from typing import Any, Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES: Final[tuple[ViewportSize, ...]] = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})
EVERYTHING: Final[dict[str, Any]] = {
    "runOnly": {"type": "tag", "values": RULES},
    # A rule of WCAG 2.2 AA that axe leaves off unless asked.
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    # The only frame there is holds a mail, in a sandbox that nothing speaks to.
    "iframes": False,
}
COLOURS: Final[dict[str, Any]] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
    "iframes": False,
}
LOOKS: Final[tuple[tuple[ViewportSize, Literal["light", "dark"], dict[str, Any]], ...]] = (
    *((size, "light", EVERYTHING) for size in SIZES),
    (SIZES[-1], "dark", COLOURS),
)
"""Nothing but colours changes between light and dark, and no colour depends on the size of the screen."""


def violations(page: Page, options: dict[str, Any] = EVERYTHING) -> list[str]:
    """What axe finds on the page as it stands: rule, place and reason."""
    # Where a button has just been pressed, the next page may only have begun.
    page.wait_for_load_state()
    # Half a megabyte of script is read once a page and not for every look; all that is found to be right stays there.
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    return [
        f"{violation['id']} at {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def violations_in_every_look(page: Page) -> dict[str, list[str]]:
    """The violations on a phone and a desktop, and in dark; only looks that have some."""
    found = {}
    for size, scheme, options in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        if wrong := violations(page, options):
            found[f"{size['width']} px, {scheme}"] = wrong
    return found
