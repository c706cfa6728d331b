"""A page that is closed to the public is closed in every language.

Wagtail copies the restriction of a page when it is translated. Here it is copied when it comes later, or changes.
"""

from typing import Any

from django.db.models.signals import m2m_changed, post_save
from wagtail.models import Page, PageViewRestriction


def listen() -> None:
    """Every way to close a page ends in these signals; which groups may read it is set after the row is saved."""
    post_save.connect(_close, sender=PageViewRestriction, dispatch_uid="home.closed_translations")
    m2m_changed.connect(
        _name_groups, sender=PageViewRestriction.groups.through, dispatch_uid="home.closed_translations"
    )


def _close(sender: type[PageViewRestriction], instance: PageViewRestriction, raw: bool = False, **_about: Any) -> None:
    if raw:
        return
    for page in _made_from(instance.page):
        # Opened again, the page alone is open: whether its translations may be read is asked anew for each.
        PageViewRestriction.objects.update_or_create(
            page=page, defaults={"restriction_type": instance.restriction_type, "password": instance.password}
        )


def _name_groups(sender: type, instance: Any, action: str, **_about: Any) -> None:
    if not action.startswith("post_") or not isinstance(instance, PageViewRestriction):
        return
    for restriction in PageViewRestriction.objects.filter(page__in=_made_from(instance.page)):
        restriction.groups.set(instance.groups.all())


def _made_from(page: Page) -> list[Page]:
    """The translations of ``page``, if it is the one that was translated, which is the first of them; else none."""
    translations = list(page.get_translations())
    return translations if all(page.pk < translation.pk for translation in translations) else []
