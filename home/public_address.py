"""The address of a page that is passed on: by mail, in a calendar, on a poster."""

from django.conf import settings
from wagtail.models import Page


def public_path(page: Page) -> str:
    """The path that readers know ``page`` by, its language in front; "" for one that belongs to no site."""
    *_site, path = page.get_url_parts() or ("",)
    return path or ""


def public_address(page: Page) -> str:
    """``page``'s own address under the configured origin; nothing in it says who passed it on.

    The origin alone for a page that has no place in the tree yet, as in the preview of a new one.
    """
    return f"{settings.PUBLIC_ORIGIN}{public_path(page)}"
