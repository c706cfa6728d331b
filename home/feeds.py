"""News for feed readers, in Atom (RFC 4287)."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING, Final
from uuid import uuid5

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from home.models.site_look import SiteLook
from home.plain_lines import plain_line

if TYPE_CHECKING:
    from home.models.news import NewsIndexPage, NewsPage

CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"
FEED_LENGTH: Final = 20
"""Entries: what a reader that is opened once a month has missed."""


def news_feed(index: "NewsIndexPage", news: Iterable["NewsPage"], *, address: str) -> str:
    """``news`` as a feed that is found at ``address``, a path; every link in it is one to the site's own origin."""
    site = index.get_site()
    organisation = plain_line(SiteLook.for_site(site).organisation_name) if site else ""
    feed = Atom1Feed(
        title=" · ".join(filter(None, [plain_line(index.title), organisation])),
        subtitle=plain_line(index.lead),
        description="",
        link=index.full_url,
        feed_url=settings.PUBLIC_ORIGIN + address,
        author_name=organisation or plain_line(index.title),
        language=index.locale.language_code,
    )
    for page in news:
        published = timezone.make_aware(datetime.combine(page.published_on, time()))
        feed.add_item(
            title=plain_line(page.title),
            link=page.full_url,
            description=plain_line(page.summary),
            # Stays when the address changes, and is not that of the same news in another language.
            unique_id=uuid5(page.translation_key, page.locale.language_code).urn,
            pubdate=published,
            updateddate=max(published, page.last_published_at or published),
            categories=[plain_line(tag.name) for tag in page.tags.all()],
        )
    return feed.writeString("utf-8")
