"""Remembering where a page stood, so that its readers are told that it is gone and not that they mistyped."""

from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from home.models.finding import LONGEST_PATH, WithdrawnPath
from home.public_address import public_path


def is_withdrawn(path: str) -> bool:
    """Whether a page stood at ``path`` once. Ask only when nothing stands there now."""
    # PostgreSQL refuses NUL; and what is longer than any remembered path need not be looked up.
    return "\0" not in path and len(path) <= LONGEST_PATH and WithdrawnPath.objects.filter(path=path).exists()


def listen() -> None:
    """Every way to take a page down ends in this signal, deleting too: Wagtail unpublishes a page before."""
    page_unpublished.connect(_remember, dispatch_uid="home.withdrawn")
    page_published.connect(_forget, dispatch_uid="home.withdrawn")


def _remember(sender: type[Page], instance: Page, **_about: Any) -> None:
    # Where it stood before it was moved is gone with it: when a page is deleted, so is what leads to it.
    earlier = Redirect.objects.filter(redirect_page_id=instance.pk).values_list("old_path", flat=True)
    for path in {public_path(instance), *(f"{path}/" for path in earlier)}:
        if 0 < len(path) <= LONGEST_PATH:
            WithdrawnPath.objects.update_or_create(path=path)


def _forget(sender: type[Page], instance: Page, **_about: Any) -> None:
    WithdrawnPath.objects.filter(path=public_path(instance)).delete()
