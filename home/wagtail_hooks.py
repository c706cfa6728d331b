"""What this app registers with the organisers' workspace."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.admin.widgets import Button
from wagtail.contrib.settings.registry import register_setting
from wagtail.models import Page

from home.admin import posters, word_import
from home.admin.first_steps import FirstStepsPanel
from home.models import KeptOutOfSearch, LeavingQuickly, SiteLook, User
from home.organisers import OwnNameForm

register_setting(SiteLook, icon="site")
register_setting(LeavingQuickly, icon="logout")
register_setting(KeptOutOfSearch, icon="search")

# Wagtail's account page has no hook for its first panel; its form is an attribute of the class.
NameEmailSettingsPanel.form_class = OwnNameForm


@hooks.register("register_admin_urls")
def word_import_urls() -> list[URLPattern | URLResolver]:
    """Where a report comes in from Word."""
    patterns = [path("<int:parent>/", word_import.upload, name="upload")]
    return [path("word-import/", include((patterns, "word_import")))]


@hooks.register("before_serve_page")
def only_in_its_own_language(page: Page, request: HttpRequest, _args: Any, _kwargs: Any) -> None:
    """Where nobody has translated the home page, Wagtail would show it as it is under the address of any language."""
    if page.locale.language_code != get_language():
        raise Http404(_("This page is not there in this language."))


@hooks.register("register_page_header_buttons")
def word_import_button(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Among what can be done with a page, for those who may add a report below it."""
    if word_import.may_import_below(page, user):
        url = reverse("word_import:upload", args=[page.pk])
        yield Button("Import from Word", url, icon_name="upload", priority=18)


@hooks.register("register_admin_urls")
def poster_urls() -> list[URLPattern | URLResolver]:
    """Where drafts are seen as posters."""
    patterns = [path("<int:page_id>/<slug:sheet>.pdf", posters.draft_poster, name="draft")]
    return [path("posters/", include((patterns, "draft_posters")))]


@hooks.register("register_page_header_buttons")
def poster_buttons(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Posters of campaigns and of what can be done."""
    yield from posters.poster_buttons(page, user)


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
