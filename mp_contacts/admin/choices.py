"""Lists to choose from that stay quick with every member of Parliament in them."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator

from mp_contacts.models import Member

SHORT_TITLE = 60  # characters


def member_choices() -> QuerySet[Member]:
    """Every member by name, with the seat, and nothing that a list does not say."""
    return Member.objects.select_related("constituency").only(
        "name", "sort_name", "party", "constituency__name", "constituency__code"
    )


class MemberChoiceField(forms.ModelChoiceField):
    """One member, listed as "Example, Jo (Harrowmere, Garden Party)": typing a name or part of it goes there."""

    def label_from_instance(self, obj: Member) -> str:
        seat = obj.constituency.name if obj.constituency else "no seat now"
        return f"{obj.sort_name} ({seat}, {obj.party})"


class TitleChoiceField(forms.ModelChoiceField):
    """One page, by its title and no longer than fits."""

    def label_from_instance(self, obj: Any) -> str:
        return Truncator(obj.title).chars(SHORT_TITLE)


class MemberFilter(django_filters.ModelChoiceFilter):
    field_class = MemberChoiceField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"queryset": lambda _request: member_choices(), **kwargs})


class TitleFilter(django_filters.ModelChoiceFilter):
    field_class = TitleChoiceField
