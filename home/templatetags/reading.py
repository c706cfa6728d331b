"""Text with its sources."""

from collections.abc import Container, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.models import Page

from home.contents import Entry, with_anchors
from home.footnote_links import link_footnotes, number_footnotes, with_the_rest
from home.translations import language_of_source

register = template.Library()

WORDS_A_MINUTE = 220
"""Of an adult who reads carefully."""


@register.simple_tag(takes_context=True)
def footnoted(context: template.RequestContext, stream: StreamValue, footnotes: Sequence[Any]) -> SafeString:
    """The blocks of ``stream``, with [1], [2] … linked to ``footnotes`` (each with ``text`` and ``url``) below."""
    html, referred = link_footnotes(stream.render_as_block(context=context.flatten()), len(footnotes))
    return _with_notes(html, list(footnotes), referred, context)


@register.simple_tag(takes_context=True)
def report_text(
    context: template.RequestContext, stream: StreamValue, footnotes: Sequence[Any]
) -> dict[str, SafeString | list[Entry]]:
    """``html`` as above, its headings with anchors; and these headings as ``contents``.

    Footnotes are numbered in the order in which they are met, whatever the editor typed.
    """
    html, contents = with_anchors(stream.render_as_block(context=context.flatten()))
    numbered, referred = number_footnotes(html, len(footnotes))
    in_order = [footnotes[number - 1] for number in with_the_rest(referred, len(footnotes))]
    return {"html": _with_notes(numbered, in_order, range(1, len(referred) + 1), context), "contents": contents}


@register.filter
def reading_minutes(stream: StreamValue) -> int:
    """How long ``stream`` takes to read, in whole minutes, at least one."""
    words = sum(len(text.split()) for text in stream.stream_block.get_searchable_content(stream))
    return max(1, round(words / WORDS_A_MINUTE))


def _with_notes(
    html: str, footnotes: Sequence[Any], referred: Container[int], context: template.RequestContext
) -> SafeString:
    notes = [
        {"number": number, "text": note.text, "url": note.url, "is_referred": number in referred}
        for number, note in enumerate(footnotes, start=1)
    ]
    # Sources are cited as they were published, not translated.
    listed = render_to_string("components/footnotes.html", {"notes": notes, "language": _cited_in(context)})
    # Safe: the blocks' own templates made it, and only our sup and a elements with whole numbers were added, and
    # ids of letters, digits and hyphens.
    return mark_safe(html + listed)  # noqa: S308


def _cited_in(context: template.RequestContext) -> str:
    """The language of the sources where it is not that of the page; else nothing."""
    page = context.get("page")
    written_in = language_of_source(page) if isinstance(page, Page) and page.pk else ""
    return "" if written_in == get_language() else written_in
