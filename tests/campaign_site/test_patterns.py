"""The pattern page shows everything there is, and says so when something is missing."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from campaign_site.patterns.blocks import block_samples, blocks_on_offer
from campaign_site.patterns.views import WHOLE_PAGES
from tests.petitions.organisers import boss, colleague

pytestmark = pytest.mark.django_db

TEMPLATES = Path(settings.BASE_DIR) / "templates"
SHOWN_ON_PURPOSE = ("components", "home/blocks")


def templates_of_parts() -> set[str]:
    return {
        str(path.relative_to(TEMPLATES)) for folder in SHOWN_ON_PURPOSE for path in (TEMPLATES / folder).glob("*.html")
    }


def test_every_component_and_every_block_is_shown(client: Client) -> None:
    client.force_login(boss())
    pages = [client.get(reverse("patterns:index"))]
    pages += [client.get(reverse("patterns:whole", args=[slug])) for slug in WHOLE_PAGES]
    drawn = {template.name for page in pages for template in page.templates}

    # The list of all blocks of a page draws nothing itself; a logo is uploaded, and stands at the top of this page.
    assert templates_of_parts() - drawn - {"home/blocks/body.html", "components/logo.html"} == set()
    html = pages[0].content.decode()
    assert [name for name in blocks_on_offer() if f'data-block="{name}"' not in html] == []
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert " style=" not in html


def test_every_block_has_a_sample_that_draws_something() -> None:
    assert [sample.name for sample in block_samples() if not sample.html.strip()] == []


def test_patterns_are_for_the_workspace_alone(client: Client) -> None:
    assert client.get(reverse("patterns:index")).status_code == 302
    client.force_login(colleague())
    assert client.get(reverse("patterns:index")).status_code == 200
