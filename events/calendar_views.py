"""Calendar files and feeds over HTTP. What they hold is events.calendar's."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.calendar import CONTENT_TYPE, changed_at, event_ics, feed_ics, method_of
from events.event_steps import event_or_404
from events.models import EventPage
from home.models import SiteLook
from home.plain_lines import plain_line
from supporters.audience import public_page
from supporters.models.one_action import originals

FEED_LOOKS_BACK: Final = timedelta(days=365)
FEED_LENGTH: Final = 100


def calendar_answer(page: EventPage) -> HttpResponse:
    """The file of one event as a download; its method stands in the header as in the file."""
    method = method_of(page)
    with translation.override(page.locale.language_code):
        file = event_ics(page, method=method, stamp=timezone.now())
    response = HttpResponse(file, content_type=CONTENT_TYPE.format(method=method))
    response["Content-Disposition"] = 'attachment; filename="event.ics"'
    return response


@require_safe
@public_page
def calendar(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """`/events/<id>/calendar.ics`: one event, as discreet as its mails."""
    return calendar_answer(event_or_404(page_id))


@require_safe
@public_page
def ics_feed(request: HttpRequest) -> HttpResponseBase:
    """`/events/feed.ics`: every public event of the last year and of those to come."""
    file = feed_ics(_public_events(), name=_feed_title(request))
    return HttpResponse(file, content_type=CONTENT_TYPE.format(method="PUBLISH"))


@require_safe
@public_page
def rss_feed(request: HttpRequest) -> HttpResponseBase:
    """`/events/feed.rss`: the same events as news."""
    feed = Rss201rev2Feed(
        title=_feed_title(request),
        link=settings.PUBLIC_ORIGIN,
        description=_("Events of this campaign, newest first."),
        feed_url=settings.PUBLIC_ORIGIN + request.path,
    )
    for page in _public_events():
        feed.add_item(
            title=plain_line(page.title),
            link=page.public_url,
            description=plain_line(_summary(page)),
            unique_id=page.uid.urn,
            unique_id_is_permalink=False,
            pubdate=changed_at(page),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _public_events() -> QuerySet[EventPage]:
    since = timezone.now() - FEED_LOOKS_BACK
    events = originals(EventPage.objects.live().public().filter(ends_at__gt=since))
    return events.order_by("-starts_at", "pk")[:FEED_LENGTH]


def _feed_title(request: HttpRequest) -> str:
    name = SiteLook.for_request(request).organisation_name
    return _("Events of %(name)s") % {"name": name} if name else _("Events")


def _summary(page: EventPage) -> str:
    when = f"{page.local_start:%Y-%m-%d %H:%M} ({page.time_zone})"
    return " · ".join(filter(None, [when, page.state_label, page.summary]))
