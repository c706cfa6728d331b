"""The demo's pages in other languages, from the PO files beside this module, as wagtail-localize keeps translations.

A PO file says each text once, whatever page it stands on. What somebody changes in the English and not here makes its
page a draft in that language, and a test fail: no page shows English under the name of another language.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import polib
from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

FOLDER: Final = Path(__file__).parent / "translations"
LANGUAGES: Final = tuple(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)


@lru_cache
def words_in(language: str) -> Mapping[str, str]:
    """Every text of the demo by its English, as far as it is translated into ``language`` and nobody doubts it."""
    catalogue = polib.pofile(str(FOLDER / f"{language}.po"))
    return {entry.msgid: entry.msgstr for entry in catalogue.translated_entries()}


def translate_pages(pages: Iterable[Page]) -> None:
    """Publish each of ``pages`` in every language; parents come before their children."""
    locales = Locale.objects.in_bulk(LANGUAGES, field_name="language_code")
    for page in pages:
        source, _is_new = TranslationSource.get_or_create_from_instance(page)
        for language in LANGUAGES:
            _translate(source, locales[language], words_in(language))


def _translate(source: TranslationSource, locale: Locale, words: Mapping[str, str]) -> None:
    translation = Translation.objects.create(source=source, target_locale=locale)
    segments = list(source.stringsegment_set.select_related("string"))
    known = [segment for segment in segments if segment.string.data in words]
    # What importing a PO file in the editor comes to, in one statement instead of six a text.
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=segment.string,
            locale=locale,
            context_id=segment.context_id,
            data=words[segment.string.data],
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            updated_at=timezone.now(),
        )
        for segment in {(each.string_id, each.context_id): each for each in known}.values()
    )
    # Published here: by itself it would wait until everything is stored, and a test stores nothing.
    translation.save_target(publish=False)
    if len(known) == len(segments):
        translation.get_target_instance().get_latest_revision().publish()
