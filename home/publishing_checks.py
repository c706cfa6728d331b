"""What stands in the way of publishing a page: pictures nobody can hear, and links that lead nowhere.

A draft is saved whatever it says. These are sentences for editors, beside the field that they are about.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import ErrorList
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.base import BlockField
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.documents import get_document_model
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from home.page_content import Part, parts_of

# Set aside by RFC 2606 and RFC 6761, so that nobody ever has them.
NOBODYS_HOSTS: Final = ("example.com", "example.net", "example.org", "example", "invalid", "localhost", "test")


class PublishedWhole(Page):
    """A page type that asks for more than what every page must have.

    Whoever publishes such a page and how, by form, schedule or command, it is whole or it is not saved. Not in
    ``clean``: the form of a new page calls that too, before it is known whether it becomes a draft.
    """

    class Meta:
        abstract = True

    def problems_of_its_own(self) -> dict[str, list[str]]:
        """Full sentences by field about what is missing; empty when the page can be published."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """As ``Page.save``; raises ValidationError for a page that readers would see and that is not whole."""
        is_seen = kwargs.get("clean", True) and self.live
        problems = self.problems_of_its_own() if is_seen else {}
        if problems:
            raise ValidationError(problems)
        return super().save(*args, **kwargs)


def content_problems(instance: models.Model, *, page: Page) -> dict[str, list[str]]:
    """Full sentences by field about ``instance``: ``page`` itself, or a row that hangs on it."""
    problems: dict[str, list[str]] = {}
    for part in parts_of(instance):
        for sentence in _problems_of(part, page):
            if sentence not in problems.setdefault(part.field, []):
                problems[part.field].append(sentence)
    return {field: sentences for field, sentences in problems.items() if sentences}


def _problems_of(part: Part, page: Page) -> Iterator[str]:
    if part.html:
        for link in _links_in(part.html):
            yield from _link_problem(link, page)
    elif not part.value:
        return
    elif isinstance(part.kind, blocks.URLBlock | models.URLField):
        yield from _address_problem(str(part.value), str(part.value))
    elif isinstance(part.kind, blocks.PageChooserBlock):
        yield from _page_problem(part.value.pk, part.value.title, page)
    elif isinstance(part.kind, ImageBlock) and not part.value.decorative and not part.value.contextual_alt_text:
        yield (
            f"The picture “{part.value.title}” has no text for people who cannot see it. Write what it shows, or mark "
            "it as decorative."
        )


class _Links(HTMLParser):
    """Collects each link with its words."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[dict[str, str]] = []
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append({**{name: value or "" for name, value in attrs}, "words": ""})
            self._is_open = True

    def handle_endtag(self, tag: str) -> None:
        self._is_open = self._is_open and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._is_open:
            self.links[-1]["words"] += data


def _links_in(html: str) -> list[dict[str, str]]:
    reader = _Links()
    reader.feed(html)
    reader.close()
    return reader.links


def _link_problem(link: dict[str, str], page: Page) -> Iterator[str]:
    words = link["words"].strip()
    if not words:
        yield "A link has no words that anybody could press. Take it out, or write where it leads."
    elif link.get("linktype") == "page":
        yield from _page_problem(link.get("id"), words, page)
    elif link.get("linktype") == "document":
        identity = link.get("id", "")
        if not (identity.isdecimal() and get_document_model().objects.filter(pk=identity).exists()):
            yield f"“{words}” leads to a document that is no longer there."
    else:
        yield from _address_problem(link.get("href", ""), words)


def _page_problem(identity: Any, words: str, page: Page) -> Iterator[str]:
    if not str(identity or "").isdecimal():
        yield f"“{words}” leads nowhere."
        return
    target = Page.objects.filter(pk=identity).first()
    if target is None:
        yield f"“{words}” leads to a page that is no longer there."
    elif not (target.live or target.approved_schedule or target.pk == page.pk):
        yield f"“{words}” leads to “{target.title}”, which is not published. Publish it first, or take out the link."


def _address_problem(address: str, words: str) -> Iterator[str]:
    if not address.strip(" #"):
        yield f"“{words}” leads nowhere: it has no address."
        return
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        yield f"“{words}” leads to an address that no browser understands."
        return
    if any(host == name or host.endswith(f".{name}") for name in NOBODYS_HOSTS):
        yield f"“{words}” leads to {host}, an address for examples only. Put in the real one."


class CheckedPageForm(WagtailAdminPageForm):
    """For the form of a page: refuses to publish, schedule or hand in what does not stand up; drafts are saved."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation:
            return
        page = self.instance
        problems = content_problems(page, page=page)
        own = page.problems_of_its_own() if isinstance(page, PublishedWhole) else {}
        for field, sentences in own.items():
            problems.setdefault(field, []).extend(sentences)
        _add_problems(self, problems)
        for formset in self.formsets.values():
            for form in formset.forms if formset.is_valid() else ():
                if form not in formset.deleted_forms and form.has_changed():
                    _add_problems(form, content_problems(form.instance, page=page))


def _add_problems(form: Any, problems: dict[str, list[str]]) -> None:
    for field, sentences in problems.items():
        errors = ValidationError(sentences)
        if isinstance(form.fields.get(field), BlockField):
            # Of several errors of a stream only the first is shown; one that holds several is shown whole.
            errors = StreamBlockValidationError(non_block_errors=ErrorList(errors.error_list))
        # A field that this editor is not shown is told about at the top.
        form.add_error(field if field in form.fields else None, errors)
