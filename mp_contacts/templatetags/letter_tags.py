"""What the templates about letters ask for."""

from typing import Any

from django import template

from mp_contacts.forms import FindForm

register = template.Library()


@register.simple_tag(takes_context=True)
def find_form(context: dict[str, Any]) -> FindForm:
    """The form that asks for a postcode: as the visitor sent it, or an empty one."""
    form: FindForm | None = context.get("form")
    return form if form is not None else FindForm({} if context.get("is_sent_empty") else None)
