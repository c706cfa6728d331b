"""How each state is looked at: on a phone, on a desktop, in the dark, in forced colours, on paper, in Romanian."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageOps
from playwright.sync_api import Page

from tests.journeys.axe import COLOURS, EVERYTHING, RULES, violations

TABLET: Final = 500
WIDTHS: Final = {"phone": 220, "desktop": 440}
TALLEST_SCREENS: Final = 2.5
QUALITY: Final = 30
WCAG: Final = [rule for rule in RULES if rule.startswith("wcag")]

# Pictures that wait to be seen are asked for at once, so that no photograph shows an empty place.
COMPLETE: Final = """async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map(image => image.decode().catch(() => {})));
    scrollTo(0, 0);
}"""


@dataclass(frozen=True)
class Look:
    """``media`` as Playwright emulates it; ``axe`` are the rules that may have another answer in this look.

    ``margin`` is what the paper has round about that is not the page's, in pixels.
    """

    name: str
    title: str
    width: int
    height: int
    media: dict[str, Any] = field(default_factory=dict)
    axe: dict[str, Any] | None = None
    margin: int = 0

    @property
    def picture_width(self) -> int:
        return WIDTHS["phone" if self.width < TABLET else "desktop"]


PHONE: Final = Look("phone", "Phone", 360, 740, axe=EVERYTHING)
DARK: Final = Look("dark", "Dark", 360, 740, {"color_scheme": "dark"}, axe=COLOURS)
ENGLISH_LOOKS: Final = (
    PHONE,
    Look("desktop", "Desktop", 1280, 900, axe=EVERYTHING),
    DARK,
    Look("forced", "Forced colours", 360, 740, {"forced_colors": "active"}),
    Look("print", "Paper", 642, 979, {"media": "print"}, margin=76),
)
ROMANIAN_LOOKS: Final = (
    Look("ro", "Romanian", 360, 740, axe=EVERYTHING),
    Look("ro-dark", "Romanian, dark", 360, 740, {"color_scheme": "dark"}, axe=COLOURS),
)
PLAIN: Final[dict[str, Any]] = {"media": "screen", "color_scheme": "light", "forced_colors": "none"}


def put_on(page: Page, look: Look) -> None:
    """Show the page as it stands in this look."""
    page.set_viewport_size({"width": look.width, "height": look.height})
    page.emulate_media(**{**PLAIN, **look.media})


def take(page: Page, look: Look, whole: Path, *, is_whole: bool) -> list[str]:
    """Photograph the page as it stands into ``whole``, and say what axe finds.

    Landmarks and headings are judged only where ``is_whole``: a mail stands within those of a mail program, and the
    page of patterns shows side by side what any other page has once.
    """
    put_on(page, look)
    page.evaluate(COMPLETE)
    whole.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=whole, full_page=True, animations="disabled", caret="hide")
    if not look.axe:
        return []
    options = look.axe if is_whole else {**look.axe, "runOnly": {"type": "tag", "values": WCAG}}
    return violations(page, options)


def shrink(whole: Path, small: Path, look: Look) -> int:
    """Keep a small picture of the first screens; how many bytes it has."""
    with Image.open(whole) as picture:
        height = min(picture.height, round(look.height * TALLEST_SCREENS))
        seen = picture.convert("RGB").crop((0, 0, picture.width, height))
        seen = ImageOps.expand(seen, look.margin, "white")
        scale = look.picture_width / seen.width
        seen = seen.resize((look.picture_width, max(1, round(seen.height * scale))), Image.Resampling.LANCZOS)
        small.parent.mkdir(parents=True, exist_ok=True)
        seen.save(small, "WEBP", quality=QUALITY, method=6)
    return small.stat().st_size
