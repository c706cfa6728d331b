"""Numbers as people read them."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def grouped(number: int | None) -> str:
    """1234567 as 1,234,567, or as the language being read writes it."""
    return number_format(number or 0, use_l10n=True, force_grouping=True)


@register.filter
def share_of(percent: int | None, parts: int) -> int:
    """How many of ``parts`` are full at ``percent``: at least one as soon as there is anything."""
    share = max(0, min(percent or 0, 100))
    return -(-share * parts // 100)
