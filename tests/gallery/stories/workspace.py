"""What editors see of how the site looks."""

from collections.abc import Iterator

from tests.gallery.walk import ENGLISH, NotInThisLanguage, Walk
from tests.journeys.fixtures import signed_in


def patterns(walk: Walk) -> Iterator[str]:
    if walk.language != ENGLISH:
        raise NotInThisLanguage("the workspace")
    signed_in(walk.visitor, walk.site, "Organiser")
    walk.page.goto("/admin/patterns/gone/")
    yield "fault: gone"
    walk.page.goto("/admin/patterns/")
    yield "patterns"
