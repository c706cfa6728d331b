"""The guide for editors names what they find in the workspace, and nothing else."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Engine
from django.urls import reverse
from wagtail.models import get_page_models

from campaign_site.patterns.blocks import blocks_on_offer
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import boss, member_of

GUIDE = " ".join((Path(settings.BASE_DIR) / "docs" / "editors.md").read_text().split())
IN_BOLD = re.compile(r"\*\*(.+?)\*\*")
SIGNS = {"+", "…", "i"}
FOR_THE_FIRST_PAGE = {"Your first campaign"}
# Of panels that open in the browser, or on pages in moderation. The journey of a new editor presses the first four.
SHOWN_LATER = {
    "Choose an image",
    "Upload",
    "Preview mode",
    "Approve and Publish",
    "Review this version",
    "Schedule to publish",
}


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_every_name_in_the_guide_is_one_that_editors_find(client, monkeypatch):
    # Wagtail's own template reads an icon's name that is only sometimes there.
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", "")
    petition = PetitionPageFactory()
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailimages:add"),
        reverse("wagtailadmin_pages:edit", args=[petition.pk]),
        reverse("wagtailadmin_pages:edit", args=[petition.get_parent().pk]),
    ]
    pages = ""
    for colleague in (boss(), member_of("Editors")):
        client.force_login(colleague)
        pages += "".join(client.get(address).content.decode() for address in addresses)

    # The steps themselves are in bold, too, and end in a full stop.
    named = (
        {name for name in IN_BOLD.findall(GUIDE) if not name.endswith(".")} - SIGNS - FOR_THE_FIRST_PAGE - SHOWN_LATER
    )
    kinds = {model.get_verbose_name() for model in get_page_models()}
    parts = {str(block.label) for block in blocks_on_offer().values()}
    assert {name for name in named - kinds - parts if name not in unescape(pages)} == set()
