"""What is done before a new version serves."""

import pytest
from django.core.management import call_command
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from wagtail.search.models import IndexEntry

from campaign_site.management.commands import prepare
from tests.factories.petitions import CampaignPageFactory

pytestmark = pytest.mark.django_db


def test_what_stood_before_a_new_version_is_found_with_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    CampaignPageFactory(title="An umbrella for everybody")
    IndexEntry.objects.all().delete()
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_about: ["one that is new"])
    # The others take seconds, and have nothing to do here.
    monkeypatch.setattr(
        prepare, "call_command", lambda name, **about: name == "update_index" and call_command(name, **about)
    )

    call_command("prepare", "--no-demo")

    assert "An <mark>umbrella</mark> for everybody" in client.get("/search/?q=umbrella").content.decode()
