"""What people can do next."""

from typing import Any

from django import template
from wagtail.models import Page

from home.cards import ActionCard
from home.next_steps import next_steps

register = template.Library()


@register.simple_tag
def next_steps_after(page: Page | Any) -> list[ActionCard]:
    """The cards to show somebody who has just acted on ``page``, the first first."""
    return next_steps(page)
