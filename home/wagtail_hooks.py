"""What this app registers with the organisers' workspace."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.admin.widgets import Button
from wagtail.contrib.settings.registry import register_setting
from wagtail.models import Page

from home.admin import word_import
from home.admin.first_steps import FirstStepsPanel
from home.models import LeavingQuickly, SiteLook, User
from home.organisers import OwnNameForm

register_setting(SiteLook, icon="site")
register_setting(LeavingQuickly, icon="logout")

# Wagtail's account page has no hook for its first panel; its form is an attribute of the class.
NameEmailSettingsPanel.form_class = OwnNameForm


@hooks.register("register_admin_urls")
def word_import_urls() -> list[URLPattern | URLResolver]:
    """Where a report comes in from Word."""
    patterns = [path("<int:parent>/", word_import.upload, name="upload")]
    return [path("word-import/", include((patterns, "word_import")))]


@hooks.register("register_page_header_buttons")
def word_import_button(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Among what can be done with a page, for those who may add a report below it."""
    if word_import.may_import_below(page, user):
        url = reverse("word_import:upload", args=[page.pk])
        yield Button("Import from Word", url, icon_name="upload", priority=18)


@hooks.register("construct_homepage_panels")
def add_first_steps(request: HttpRequest, panels: list[Component]) -> None:
    """Above all else on the dashboard."""
    panel = FirstStepsPanel(request)
    if panel.is_shown():
        panels.insert(0, panel)


@hooks.register("insert_global_admin_css")
def workspace_stylesheet() -> str:
    """What the workspace looks like where it is ours."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def save_once_script() -> str:
    """Keeps a new page from being made twice; the script says how."""
    return format_html('<script src="{}"></script>', static("js/admin/save-once.js"))
