"""Text with its sources."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue

from home.contents import Entry, with_anchors
from home.footnote_links import link_footnotes

register = template.Library()

WORDS_A_MINUTE = 220
"""Of an adult who reads carefully."""


@register.simple_tag(takes_context=True)
def footnoted(context: template.RequestContext, stream: StreamValue, footnotes: Sequence[Any]) -> SafeString:
    """The blocks of ``stream``, with [1], [2] … linked to ``footnotes`` (each with ``text`` and ``url``) below."""
    return _with_notes(stream.render_as_block(context=context.flatten()), footnotes)


@register.simple_tag(takes_context=True)
def report_text(
    context: template.RequestContext, stream: StreamValue, footnotes: Sequence[Any]
) -> dict[str, SafeString | list[Entry]]:
    """``html`` as above, its headings with anchors; and these headings as ``contents``."""
    html, contents = with_anchors(stream.render_as_block(context=context.flatten()))
    return {"html": _with_notes(html, footnotes), "contents": contents}


@register.filter
def reading_minutes(stream: StreamValue) -> int:
    """How long ``stream`` takes to read, in whole minutes, at least one."""
    words = sum(len(text.split()) for text in stream.stream_block.get_searchable_content(stream))
    return max(1, round(words / WORDS_A_MINUTE))


def _with_notes(html: str, footnotes: Sequence[Any]) -> SafeString:
    linked, referred = link_footnotes(html, len(footnotes))
    notes = [
        {"number": number, "text": note.text, "url": note.url, "is_referred": number in referred}
        for number, note in enumerate(footnotes, start=1)
    ]
    # Safe: the blocks' own templates made it, and only our sup and a elements with whole numbers were added, and
    # ids of letters, digits and hyphens.
    return mark_safe(linked + render_to_string("components/footnotes.html", {"notes": notes}))  # noqa: S308
