"""The WSGI application: Django, with the page cache in front of it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings")

from campaign_site.edge.page_cache import PageCache  # noqa: E402  (needs the settings)

application = PageCache(get_wsgi_application())
