"""What people can do next."""

from django import template
from wagtail.models import Page

from home.cards import ActionCard, action_cards

register = template.Library()


@register.simple_tag
def action_card_of(page: Page | None) -> ActionCard | None:
    """The card of ``page``; None when there is no page, or it is not one people can act on now."""
    return next(iter(action_cards([page])), None) if page else None
