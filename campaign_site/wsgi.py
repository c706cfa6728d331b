"""The WSGI application: Django, with the page cache in front of it."""

import os
from typing import Any
from urllib.parse import urlsplit

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402

from campaign_site.edge.page_cache import PageCache  # noqa: E402  (needs the settings)
from campaign_site.edge.purging import PurgeListener  # noqa: E402


def own_hosts() -> frozenset[str]:
    """Every Host header that pages are kept for: ours, and the allowed ones without and with our port."""
    # A pattern such as .example.org names no host; requests to those go to Django each time.
    named = {host for host in settings.ALLOWED_HOSTS if host and not host.startswith((".", "*"))}
    return frozenset({urlsplit(settings.PUBLIC_ORIGIN).netloc, *named, *(f"{host}:{settings.PORT}" for host in named)})


def cached(django: Any) -> PageCache:
    """``django`` behind a page cache that hears, from its first page on, when pages change."""
    cache = PageCache(
        django,
        hosts=own_hosts(),
        session_cookie=settings.SESSION_COOKIE_NAME,
        before_making=lambda: listener.ensure_started(),  # noqa: PLW0108  (made below, and knows the cache)
    )
    listener = PurgeListener(purge=cache.purge, refresh=cache.refresh)
    return cache


application = cached(django_application)
