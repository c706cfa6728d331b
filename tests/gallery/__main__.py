"""`make gallery`: start the demo site, look at every page and state of it in every look, and judge them.

Fails when axe finds a violation, when a page is too heavy or moves, when a browser complains, or when the pictures are
more than a repository should carry.
"""

import argparse
import shutil
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Error, sync_playwright

from tests.gallery.looks import ENGLISH_LOOKS, PHONE, ROMANIAN_LOOKS, Look, put_on, shrink, take
from tests.gallery.report import SHOWN, State, file_name, write_index
from tests.gallery.table import Story, all_stories
from tests.gallery.walk import ENGLISH, NotInThisLanguage, Walk
from tests.journeys.first_load import FirstLoad, first_load
from tests.journeys.fixtures import CHROMIUM_NAMES, LAUNCH
from tests.journeys.running_site import BASE_DIR, RunningSite
from tests.journeys.visitor import Visitor

FOLDER: Final = BASE_DIR / "docs" / "gallery"
WHOLE: Final = BASE_DIR / "var" / "gallery"
NOT_WHOLE: Final = ("mail:", "patterns")
MOST_BYTES: Final = 12_000_000
LANGUAGES: Final[dict[str, tuple[Look, ...]]] = {ENGLISH: ENGLISH_LOOKS, "ro": ROMANIAN_LOOKS}


class Gallery:
    """The states met so far, and the browser that meets them."""

    def __init__(self, site: RunningSite, browser: Browser, folder: Path) -> None:
        self.site = site
        self.browser = browser
        self.folder = folder
        self.states: dict[str, State] = {}
        self.faults: list[str] = []

    def follow(self, label: str, story: Story, language: str) -> None:
        """Walk one story in one language, and look at each state it comes to."""
        context = self.browser.new_context(base_url=self.site.origin, locale="en-GB", reduced_motion="reduce")
        visitor = Visitor(context, self.site.origin)
        try:
            with ExitStack() as staged:
                walk = Walk(self.site, visitor, language, staged)
                for name in story(walk):
                    self._see(name, walk)
        except NotInThisLanguage:
            if language == ENGLISH:
                self.faults.append(f"{label}: the page is not there.")
        except Error as error:
            self.faults.append(f"{label} ({language}) ended early, at {visitor.page.url}: {error.message}")
        finally:
            self._listen(label, visitor)
            context.close()

    def _see(self, name: str, walk: Walk) -> None:
        page = walk.page
        state = self.states.setdefault(name, State(name, page.url.removeprefix(self.site.origin)))
        is_whole = not name.startswith(NOT_WHOLE)
        if is_whole and page.evaluate("document.documentElement.lang") != walk.language:
            if walk.language != ENGLISH:
                return
            self.faults.append(f"{name}: it does not say that it is English")
        for look in LANGUAGES[walk.language]:
            file = f"{file_name(name)}-{look.name}"
            wrong = take(page, look, WHOLE / f"{file}.png", is_whole=is_whole)
            self.faults += [f"{name}, {look.title.lower()}: {reason}" for reason in wrong]
            if look in SHOWN:
                shrink(WHOLE / f"{file}.png", self.folder / f"{file}.webp", look)
                state.pictures[look.name] = f"{file}.webp"
        # On paper there is no button that the walk could press next.
        put_on(page, PHONE)
        if walk.language == ENGLISH and (load := self._weigh(walk)):
            state.load = load
            self.faults += [f"{name}: {fault}" for fault in load.faults]

    def _weigh(self, walk: Walk) -> FirstLoad | None:
        """The first load of the page where the walk stands, if anybody can open it by its address."""
        answers = [seen for seen in walk.visitor.responses if seen.url == walk.page.url]
        is_for_anybody = bool(answers) and answers[-1].request.method == "GET" and answers[-1].ok
        if not is_for_anybody or walk.visitor.context.cookies():
            return None
        return first_load(self.browser, self.site.origin, walk.page.url)

    def _listen(self, label: str, visitor: Visitor) -> None:
        self.faults += [f"{label}: the browser complained: {words}" for words in visitor.complaints]
        self.faults += [f"{label}: asked for {url}" for url in visitor.foreign_requests if not url.startswith("about:")]


def main() -> int:
    """Take all pictures, or those of the stories whose name has ``only`` in it."""
    options = argparse.ArgumentParser(prog="make gallery", description=__doc__)
    options.add_argument("--only", default="", help="only stories whose name contains this; the index is left alone")
    only = options.parse_args().only
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        print(f"No Chromium was found under the names {', '.join(CHROMIUM_NAMES)}.", file=sys.stderr)
        return 1
    folder = WHOLE / "some" if only else FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    started = time.monotonic()
    with RunningSite() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=LAUNCH)
        gallery = Gallery(site, browser, folder)
        for label, story in all_stories():
            if only in label:
                known = len(gallery.faults)
                for language in LANGUAGES:
                    gallery.follow(label, story, language)
                print(f"{time.monotonic() - started:4.0f} s  {label}", *gallery.faults[known:], sep="\n  ", flush=True)
        browser.close()
    if not only:
        write_index(folder, gallery.states)
    pictures = list(folder.glob("*.webp"))
    size = sum(picture.stat().st_size for picture in pictures)
    if size > MOST_BYTES:
        gallery.faults.append(f"The pictures are {size:,} bytes, and more than {MOST_BYTES:,} are too many.")
    print(f"{len(gallery.states)} states, {len(pictures)} pictures, {size:,} bytes, {len(gallery.faults)} faults.")
    return 1 if gallery.faults else 0


if __name__ == "__main__":
    sys.exit(main())
