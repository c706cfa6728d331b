"""Every address of the site. Organisers' first, then the public's, then Wagtail's pages."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from campaign_site import health
from campaign_site.edge.media import media
from campaign_site.robots import robots
from home.finding.picture_serving import page_picture
from home.finding.search_page import search
from home.finding.sitemap import sitemap
from home.leaving import about_leaving
from home.looks.serving import look_stylesheet
from home.posters.serving import poster, short_address
from supporters.audience import personal_page, public_page
from supporters.privacy.explaining import your_privacy

# Wagtail's own addresses, with the pages declared public. A restricted page asks for the session, and
# is personal by that.
page_urls = [
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, public_page(wagtail_views.serve), name="wagtail_serve"),
]

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("dev/mailbox/", include("campaign_site.mailbox.urls")),
    path("petitions/", include("petitions.urls")),
    path("letters/", include("mp_contacts.urls")),
    path("events/", include("events.urls")),
    path("look/<slug:fingerprint>.css", public_page(look_stylesheet), name="look"),
    path("picture/<int:page_id>/<slug:fingerprint>.png", public_page(page_picture), name="page_picture"),
    path("sitemap.xml", public_page(sitemap), name="sitemap"),
    path("robots.txt", public_page(robots), name="robots"),
    path("posters/<int:page_id>/<slug:sheet>.pdf", public_page(poster), name="poster"),
    path("p/<int:page_id>/", public_page(short_address), name="short_address"),
    path("", include("supporters.urls")),
    path(f"{settings.MEDIA_URL.lstrip('/')}<path:path>", media, name="media"),
    *i18n_patterns(
        path("search/", personal_page(search), name="search"),
        path("your-privacy/", your_privacy, name="your_privacy"),
        path("leaving-quickly/", public_page(about_leaving), name="leaving_quickly"),
        path("", include(page_urls)),
        prefix_default_language=False,
    ),
]
