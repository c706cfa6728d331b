"""What every page needs to be read in another language."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from home.models import SiteLook
from home.models.site_words import Words, words_in
from home.translations import Languages, languages_of, languages_of_view

register = template.Library()


@register.simple_tag(takes_context=True)
def other_languages(context: dict[str, Any]) -> Languages:
    """Where the page that is being made can be read in other languages."""
    request, page = context.get("request"), context.get("page")
    if request is None or getattr(request, "is_preview", False):
        return Languages()
    if isinstance(page, Page):
        return languages_of(page, request) if page.pk else Languages()
    site = Site.find_for_request(request)
    return languages_of_view(site.root_page, request) if site else Languages()


@register.simple_tag
def site_words(look: SiteLook | str | None) -> Words:
    """What the site says at its foot, in the language being read or, where nobody wrote it, in its first one."""
    return words_in(get_language() or settings.LANGUAGE_CODE, look) if isinstance(look, SiteLook) else Words()


@register.filter
def kind_of_action(kind: str) -> str:
    """What a card calls the action it shows."""
    return {"petition": _("Petition"), "letter": _("Letter"), "event": _("Event")}.get(kind, kind.capitalize())
