"""The address of a page that is passed on: by mail, in a calendar, on a poster."""

from django.conf import settings
from wagtail.models import Page


def public_address(page: Page) -> str:
    """``page``'s own address under the configured origin; nothing in it says who passed it on.

    The origin alone for a page that has no place in the tree yet, as in the preview of a new one.
    """
    *_site, path = page.get_url_parts() or ("",)
    return f"{settings.PUBLIC_ORIGIN}{path}"
