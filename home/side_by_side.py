"""The same page in other languages, to be listed beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from wagtail.models import Page


@dataclass(frozen=True)
class Version:
    """A page in one language: its code, what its speakers call it, and where the page is."""

    code: str
    language: str
    url: str


def other_versions(pages: Iterable[Page], request: HttpRequest | None = None) -> Mapping[UUID, Sequence[Version]]:
    """By translation key, the published versions of ``pages`` in the languages that are not theirs. One query."""
    own = {page.translation_key: page.locale_id for page in pages}
    found = Page.objects.filter(translation_key__in=own).live().public().select_related("locale")
    versions: dict[UUID, list[Version]] = defaultdict(list)
    for page in found.order_by("locale__language_code"):
        url = page.get_url(request)
        # Without a home page of its language it has no address.
        if page.locale_id != own[page.translation_key] and url:
            code = page.locale.language_code
            versions[page.translation_key].append(Version(code, page.locale.get_display_name(), url))
    return versions
