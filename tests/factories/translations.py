from typing import TypeVar

from wagtail.models import Locale, Page

P = TypeVar("P", bound=Page)


def translated(page: P, language: str, **words: str) -> P:
    """``page`` published in ``language``, with ``words`` in the place of its own; and so every page above it."""
    locale = Locale.objects.get(language_code=language)
    for above in page.get_ancestors().filter(depth__gt=1).specific():
        if not above.has_translation(locale):
            above.copy_for_translation(locale).save_revision().publish()
    told: P = page.copy_for_translation(locale)
    for field, text in words.items():
        setattr(told, field, text)
    told.save_revision().publish()
    told.refresh_from_db()
    return told
