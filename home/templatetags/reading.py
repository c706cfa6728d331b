"""Text with its sources."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue

from home.footnote_links import link_footnotes

register = template.Library()


@register.simple_tag(takes_context=True)
def footnoted(context: template.RequestContext, stream: StreamValue, footnotes: Sequence[Any]) -> SafeString:
    """The blocks of ``stream``, with [1], [2] … linked to ``footnotes`` (each with ``text`` and ``url``) below."""
    html = stream.render_as_block(context=context.flatten())
    linked, referred = link_footnotes(html, len(footnotes))
    notes = [
        {"number": number, "text": note.text, "url": note.url, "is_referred": number in referred}
        for number, note in enumerate(footnotes, start=1)
    ]
    # Safe: the blocks' own templates made it, and only our sup and a elements with whole numbers were added.
    return mark_safe(linked + render_to_string("components/footnotes.html", {"notes": notes}))  # noqa: S308
