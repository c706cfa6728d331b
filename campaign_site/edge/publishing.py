"""What makes every copy of a page worthless: something that readers see was changed by an editor."""

from typing import Any, Final

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.images.models import AbstractImage
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from supporters.page_notices import purge_pages

# Whatever stands on pages without being published itself.
SEEN_BY_READERS: Final[tuple[type[Model], ...]] = (
    BaseSiteSetting,
    BaseGenericSetting,
    AbstractImage,
    Site,
    Locale,
    PageViewRestriction,
)


def connect() -> None:
    """Purge when a page is published, taken down, moved or deleted, and when what frames it is saved."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_purge, dispatch_uid="parasol.purge")
    post_save.connect(_purge_if_seen, dispatch_uid="parasol.purge")
    post_delete.connect(_purge_if_seen, dispatch_uid="parasol.purge")


def _purge(**_about: Any) -> None:
    purge_pages()


def _purge_if_seen(sender: type[Model], instance: Model, raw: bool = False, **about: Any) -> None:
    # A page is saved with every draft, but it is gone only once.
    is_deleted_page = "created" not in about and isinstance(instance, Page)
    if not raw and (is_deleted_page or isinstance(instance, SEEN_BY_READERS)):
        purge_pages()
