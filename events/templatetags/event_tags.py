"""What the templates about events ask for."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from events.forms import RegistrationForm
from events.models import EventPage, EventSeriesPage
from events.schema_org import as_json, event_data
from events.selectors import seats_free
from supporters.consent_boxes import asked_by

register = template.Library()


@dataclass(frozen=True)
class SeriesDates:
    """The dates of a series: those to come, the next first, and those that were, the newest first."""

    coming: list[EventPage]
    past: list[EventPage]


@register.simple_tag(takes_context=True)
def registration_form(context: dict[str, Any], page: EventPage) -> RegistrationForm:
    """The form as the visitor sent it, or an empty one; with mistakes where a preview asks for them."""
    form: RegistrationForm | None = context.get("form")
    if form is not None:
        return form
    asked = page.asked_texts
    first = asked[0] if asked else None
    return RegistrationForm(
        {} if context.get("is_sent_empty") else None,
        most_seats=page.most_seats,
        asks_access_needs=page.asks_access_needs,
        asks_questions=page.asks_questions,
        consent_wording=first.wording if first else "",
        consent_text_id=first.pk if first else None,
        further_consents=asked_by(asked[1:]),
    )


@register.simple_tag
def free_seats(page: EventPage) -> int | None:
    """How many seats are free, as far as anybody can say before they confirm; None where there is no limit."""
    return seats_free(page)


@register.simple_tag
def series_dates(series: EventSeriesPage) -> SeriesDates:
    """The public dates of ``series``."""
    pages = EventPage.objects.child_of(series).live().public().select_related("totals").order_by("starts_at", "pk")
    now = timezone.now()
    return SeriesDates(
        coming=[page for page in pages if page.ends_at > now],
        past=[page for page in reversed(pages) if page.ends_at <= now],
    )


@register.filter
def ends_another_day(page: EventPage) -> bool:
    """Whether the end needs a date of its own."""
    return page.local_start.date() != page.local_end.date()


@register.filter
def opens_later(page: EventPage) -> bool:
    """Whether nobody can register yet."""
    return page.opens_at is not None and timezone.now() < page.opens_at


@register.filter
def zone_words(name: str) -> str:
    """Europe/London as "London time (Europe/London)": the place first, because few people know the other name."""
    _area, _slash, place = name.rpartition("/")
    if not _slash:
        return name
    return _("%(place)s time (%(zone)s)") % {"place": place.replace("_", " "), "zone": name}


@register.simple_tag
def event_json_ld(page: EventPage) -> SafeString:
    """The event for search engines, in an element that holds data and is never run."""
    # Safe: as_json leaves nothing in it that could end the element.
    return mark_safe(f'<script type="application/ld+json">{as_json(event_data(page))}</script>')  # noqa: S308
