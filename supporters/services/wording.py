"""Consent texts on their way to being used: written, reworded, and then never again."""

from typing import Final

from django.db import connection, transaction
from django.db.models import ManyToOneRel, Max

from supporters.models import ConsentText

# Any number; it only has to differ from the project's other advisory locks.
VERSION_LOCK: Final = 7_205_004


class WordingInUse(Exception):
    """People have been shown this wording, so it stays as it is: write a new version instead."""


@transaction.atomic
def write_consent_text(text: ConsentText) -> ConsentText:
    """Save a new wording under the next free version of its purpose, language and controller.

    Raises ValidationError when it says nothing.
    """
    _number(text)
    text.full_clean()
    text.save()
    return text


@transaction.atomic
def reword_consent_text(text: ConsentText) -> ConsentText:
    """Change a wording that nobody has been shown; raises WordingInUse for any other, ValidationError for an empty one.

    It keeps its version unless it moves to another purpose, language or controller.
    """
    stored = ConsentText.objects.select_for_update().get(pk=text.pk)
    if has_been_shown(stored):
        raise WordingInUse
    if _series(stored) != _series(text):
        _number(text)
    text.full_clean()
    text.save()
    return text


def has_been_shown(text: ConsentText) -> bool:
    """Whether anybody can have read ``text``: it was published, stands on a live page, or is on somebody's record."""
    if text.published_at:
        return True
    # Asked of whatever refers to the text: this app does not know who does.
    relations = [
        field for field in ConsentText._meta.get_fields(include_hidden=True) if isinstance(field, ManyToOneRel)
    ]
    return any(_is_shown_by(relation, text) for relation in relations)


def _is_shown_by(relation: ManyToOneRel, text: ConsentText) -> bool:
    model = relation.related_model
    rows = model._base_manager.filter(**{relation.field.name: text})
    page = model._meta.auto_created
    if page:
        # A row between a page and one of its further wordings.
        return rows.filter(**{f"{page._meta.model_name}__live": True}).exists()
    is_page = any(field.name == "live" for field in model._meta.get_fields())
    return rows.filter(live=True).exists() if is_page else rows.exists()


def _series(text: ConsentText) -> tuple[str, str, str]:
    return text.purpose, text.language, text.controller


def _number(text: ConsentText) -> None:
    with connection.cursor() as cursor:
        # Two colleagues who write at once get two versions, not an error.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [VERSION_LOCK])
    series = ConsentText.objects.filter(purpose=text.purpose, language=text.language, controller=text.controller)
    text.version = (series.aggregate(newest=Max("version"))["newest"] or 0) + 1
