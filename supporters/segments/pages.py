"""The pages that people can have taken part in."""

from typing import cast

from wagtail.models import Page

from supporters.action_kinds import action_kinds


def pages_to_take_part_in() -> list[tuple[int, str]]:
    """Key and title of every page of every kind of action, live or not, by title."""
    fields = (kind.model._meta.get_field(kind.page_field) for kind in action_kinds())
    models = [cast("type[Page]", field.related_model) for field in fields]
    keys = [key for model in models for key in model._default_manager.values_list("pk", flat=True)]
    return list(Page.objects.filter(pk__in=keys).order_by("title", "pk").values_list("pk", "title"))
