"""What a browser that has never been here asks for to show a page, and how the page moves while it comes."""

from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request, ViewportSize

MOST_BYTES_WITHOUT_PICTURES: Final = 60_000
MOST_REQUESTS: Final = 10
PHONE: Final[ViewportSize] = {"width": 360, "height": 740}

WATCH_SHIFTS: Final = """
    window.layoutShift = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) window.layoutShift += entry.value;
    }).observe({type: 'layout-shift', buffered: true});
"""
BLOCKING: Final = """() => performance.getEntriesByType('resource')
    .filter(entry => entry.renderBlockingStatus === 'blocking').map(entry => entry.name)"""


@dataclass
class FirstLoad:
    """``weights`` in bytes, heads included, of all but pictures; ``blocking`` are paths that drawing waits for."""

    weights: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    layout_shift: float = 0
    blocking: list[str] = field(default_factory=list)
    fonts: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.weights.values())

    @property
    def faults(self) -> list[str]:
        """Which of our promises about weight the page breaks."""
        found = []
        if self.total >= MOST_BYTES_WITHOUT_PICTURES:
            found.append(f"{self.total} bytes without pictures: {self.weights}")
        if self.requests > MOST_REQUESTS:
            found.append(f"{self.requests} requests")
        if self.layout_shift:
            found.append(f"the layout shifts by {self.layout_shift}")
        strange = [path for path in self.blocking if not path.endswith(".css")]
        found += [f"drawing waits for {path}" for path in strange]
        found += [f"a font is loaded: {path}" for path in self.fonts]
        # A figure of zero would mean that nothing was measured.
        found += [f"nothing was measured of {path}" for path, weight in self.weights.items() if not weight]
        return found


def first_load(browser: Browser, origin: str, url: str, **options: Any) -> FirstLoad:
    """Load ``url`` on a phone with an empty cache, and scroll to its end."""
    context = browser.new_context(base_url=origin, viewport=PHONE, **options)
    context.add_init_script(WATCH_SHIFTS)
    page = context.new_page()
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("request", note)
    page.goto(url, wait_until="networkidle")
    # Down to the end, so that pictures which wait to be seen are asked for.
    page.keyboard.press("End")
    page.wait_for_load_state("networkidle")
    seen = FirstLoad(layout_shift=page.evaluate("window.layoutShift"))
    seen.blocking = [urlsplit(name).path for name in page.evaluate(BLOCKING)]
    for request in asked:
        if request.resource_type != "image":
            sizes = request.sizes()
            seen.weights[urlsplit(request.url).path] = sizes["responseBodySize"] + sizes["responseHeadersSize"]
        if request.resource_type == "font":
            seen.fonts.append(urlsplit(request.url).path)
    # The icon of the tab is asked for by every browser, but not always seen from here.
    seen.requests = 1 + len({request.url for request in asked if "favicon" not in request.url})
    context.close()
    return seen
