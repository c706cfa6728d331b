"""What the site as a whole registers with the organisers' workspace."""

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from campaign_site.patterns import views as patterns


@hooks.register("register_admin_urls")
def register_patterns() -> list[URLResolver]:
    urls = (patterns.pattern_urls(), patterns.NAMESPACE)
    return [path("patterns/", include(urls, namespace=patterns.NAMESPACE))]


@hooks.register("register_help_menu_item")
def register_patterns_menu_item() -> MenuItem:
    return MenuItem("Patterns", reverse("patterns:index"), icon_name="view", order=900)
