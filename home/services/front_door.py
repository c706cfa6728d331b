"""Where the site begins: at the home page, as soon as there is one."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site
from wagtail.signals import page_published

from home.models import HomePage, SiteLook


@transaction.atomic
def begin_site_at(home: HomePage) -> None:
    """The default site begins at ``home``, under the origin that is configured, and is called by its title.

    Wagtail's own page, which welcomes developers, gives way. A name that an organiser chose already stays.
    """
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    origin = urlsplit(settings.PUBLIC_ORIGIN)
    site.hostname = origin.hostname or "localhost"
    site.port = origin.port or (443 if origin.scheme == "https" else 80)
    site.site_name = home.title
    site.root_page = home
    site.save()
    for welcome in Page.objects.get(depth=1).get_children().filter(content_type__model="page"):
        welcome.delete()
    look, named = SiteLook.for_site(site), SiteLook._meta.get_field("organisation_name")
    if look.organisation_name == named.default:
        look.organisation_name = home.title[: named.max_length]
        look.save()


def listen() -> None:
    """A home page is published by an editor, a moderator, a schedule: every way ends in this signal."""
    page_published.connect(_on_publication, sender=HomePage, dispatch_uid="home.front_door")


def _on_publication(instance: HomePage, **_about: Any) -> None:
    # Only while the site shows nothing of ours; where it begins later on is for an administrator to say.
    begins_at = Page.objects.filter(sites_rooted_here__is_default_site=True).first()
    if instance.live and (begins_at is None or begins_at.specific_class is Page):
        begin_site_at(instance)
