"""What is said when something cannot be shown."""

from collections.abc import Iterator

from tests.gallery.stories.petitions import PETITION
from tests.gallery.walk import Walk
from tests.journeys.staging import out_of_order


def faults(walk: Walk) -> Iterator[str]:
    walk.page.goto(walk.path_of("safe-to-report") + "no-such-page/")
    yield "fault: no such page"
    # As from a page of somebody else's that sends a form to ours.
    walk.page.goto("about:blank")
    walk.page.set_content(
        f"<main><form method=post action='{walk.site.origin}/petitions/{walk.page_id(PETITION)}/sign/'>"
        "<button type=submit>Send</button></form></main>"
    )
    walk.press()
    yield "fault: refused"
    with out_of_order(walk.site, "petitions_petitionpage"):
        walk.open(PETITION)
        yield "fault: ours"
