"""What a sheet says: taken from the page, the organisation and nobody else."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, Site

from home.cards import ActionPage
from home.models import SiteLook


@dataclass(frozen=True)
class PosterWords:
    """``call`` is what to do, ``headline`` what it is for; ``url`` is what the QR code holds."""

    call: str
    headline: str
    summary: str
    when: str
    url: str


def words_of(page: Page) -> PosterWords:
    """What is said for ``page`` (of a campaign, or of an action), in the language that is active."""
    url = f"{settings.PUBLIC_ORIGIN}{reverse('short_address', args=[page.pk])}"
    if isinstance(page, ActionPage):
        card = page.get_action_card()
        calls = {"petition": _("Sign the petition"), "letter": _("Write to your MP"), "event": _("Come to our event")}
        call = calls.get(card["kind"], _("Take part"))
        return PosterWords(call, card["title"], card["ask"], card.get("when", ""), url)
    return PosterWords(_("Join the campaign"), page.demand, page.summary, "", url)


def data_of(page: Page) -> dict[str, Any]:
    """Everything that the sheets of ``page`` are made from, in the page's own language."""
    language = page.locale.language_code
    site = page.get_site() or Site.objects.filter(is_default_site=True).first()
    look = SiteLook.for_site(site) if site else SiteLook()
    with override(language):
        words = words_of(page)
        parts = urlsplit(words.url)
        short = f"{parts.netloc}{parts.path}".rstrip("/")
        return {
            "language": language.split("-")[0],
            "call": words.call,
            "headline": words.headline,
            "summary": words.summary,
            "when": words.when,
            "url": words.url,
            "address": short,
            "organisation": look.organisation_name,
            "tagline": look.tagline,
            "contact": look.contact_email,
            "colours": dict(look.palette("light")),
            "words": {
                "code": _("QR code that leads to %(address)s") % {"address": short},
                "camera": _("Point a phone’s camera here, or type:"),
                "how": _("How to take part"),
                "steps": [
                    _("Point the camera of a phone at the square, or type the address below it."),
                    _("Read what we ask for, and take your time."),
                    _("You decide. We keep no note of who looked."),
                ],
                "promise": _(
                    "The site sets no cookies for readers, and loads nothing from anybody else. It says what is kept "
                    "about you, and until when, before it asks you for anything."
                ),
            },
        }
