"""What a page says of itself to search engines and to previews of shared links (https://ogp.me/)."""

from dataclasses import dataclass
from typing import Any, Final

from django import template
from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from home.finding.picture_serving import picture_address
from home.finding.pictures import HEIGHT, WIDTH, drawn_of
from home.finding.shown import summary_of
from home.models import SiteLook
from home.models.finding import is_findable
from home.public_address import public_address

register = template.Library()

# The protocol wants a country too; where a language has several, the one it is named after.
COUNTRIES: Final = {"en": "GB", "cy": "GB"}


@dataclass(frozen=True)
class Shared:
    """A page as it looks where its link is passed on. Addresses are whole; ``width`` and ``height`` are pixels."""

    address: str
    site_name: str
    locale: str
    title: str
    description: str
    picture: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


@register.simple_tag(takes_context=True)
def found_by(context: dict[str, Any]) -> Shared | None:
    """What is told of the page being made; None unless it is live, open to everybody, and not kept out of search."""
    request, page = context.get("request"), context.get("page")
    site = Site.find_for_request(request) if request else None
    # Wagtail's own first page, which welcomes developers, is of no page type.
    if site is None or not isinstance(page, Page) or type(page) is Page or not is_findable(page, site):
        return None
    look = SiteLook.for_request(request)
    drawn = drawn_of(page, look)
    language = drawn.language.split("-")[0]
    about = f"{drawn.kind}: {drawn.title}" if drawn.kind else drawn.title
    return Shared(
        address=public_address(page),
        site_name=look.organisation_name,
        locale=f"{language}_{COUNTRIES.get(language, language.upper())}",
        title=page.seo_title or drawn.title,
        description=summary_of(page),
        picture=f"{settings.PUBLIC_ORIGIN}{picture_address(page, drawn)}",
        alt=_("%(about)s. %(name)s, with an open umbrella.") % {"about": about, "name": look.organisation_name},
    )
