"""Pages go live and come down by the clock, each whatever is wrong with another."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision

from campaign_site.tasks import publish_scheduled
from supporters.models import PrivacyMode
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import signed

pytestmark = pytest.mark.django_db


def scheduled(petition):
    """``petition`` with a revision for the future, whose time then comes."""
    petition.go_live_at = timezone.now() + timedelta(hours=1)
    revision = petition.save_revision(clean=False)
    revision.publish()
    return revision


def let_time_come(revision, *, minutes_ago=1):
    """Move what was planned into the past, as an hour's waiting would."""
    due = timezone.now() - timedelta(minutes=minutes_ago)
    content = revision.content | {"go_live_at": due.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=due, content=content)


def test_a_page_goes_live_when_its_time_has_come_and_its_wording_is_fixed_then():
    petition = PetitionPageFactory(live=False)
    revision = scheduled(petition)
    publish_scheduled(0)
    petition.refresh_from_db()
    assert (petition.live, petition.consent_text.published_at) == (False, None)

    let_time_come(revision)
    publish_scheduled(0)

    petition.refresh_from_db()
    petition.consent_text.refresh_from_db()
    assert petition.live
    assert petition.consent_text.published_at


def test_a_page_comes_down_when_its_time_is_over():
    petition = PetitionPageFactory(expire_at=timezone.now() - timedelta(minutes=1))

    publish_scheduled(0)

    petition.refresh_from_db()
    assert (petition.live, petition.expired) == (False, True)


def test_a_page_that_may_not_be_saved_holds_up_no_other_and_is_named_without_its_words(caplog):
    refused, fine = PetitionPageFactory(title="Secret words"), PetitionPageFactory(live=False)
    signed(refused)
    revision = scheduled(refused)
    changed = revision.content | {"privacy_mode": PrivacyMode.COUNT}
    Revision.objects.filter(pk=revision.pk).update(content=changed)
    revision.refresh_from_db()
    let_time_come(revision, minutes_ago=2)
    let_time_come(scheduled(fine))

    publish_scheduled(0)

    fine.refresh_from_db()
    refused.refresh_from_db()
    assert (fine.live, refused.privacy_mode) == (True, PrivacyMode.CONTACTABLE)
    (said,) = [record.getMessage() for record in caplog.records if record.name == "parasol.housekeeping"]
    assert said == f"Page {refused.pk} could not be published or taken down on time: ValidationError."
