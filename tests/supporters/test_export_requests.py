"""Asking for an export: who may, what has to be said, and what the audit trail keeps of it."""

import pytest
from django.core.exceptions import PermissionDenied
from procrastinate.contrib.django.models import ProcrastinateJob

from supporters.long_jobs import LONG_JOBS
from supporters.models import AuditEntry, ExportJob, ExportState, Segment
from supporters.segments import WrongCriteria
from supporters.services.exporting import ExportRefused
from tests.petitions.organisers import colleague
from tests.supporters.exports import EXPORTER, asked, data_officer

pytestmark = pytest.mark.django_db


def test_request_waits_for_the_worker_and_is_on_record():
    officer = data_officer()

    job = asked(officer, purpose="  Hand over to the new team ")

    assert job.state == ExportState.QUEUED
    # Only its own: tests that commit leave theirs behind.
    [queued] = ProcrastinateJob.objects.filter(task_name="supporters.export", args__job_id=str(job.pk))
    assert (queued.queue_name, queued.args) == (LONG_JOBS, {"job_id": str(job.pk)})
    entry = AuditEntry.objects.get()
    assert (entry.actor_id, entry.action, entry.purpose) == (
        officer.pk,
        "export_requested",
        "Hand over to the new team",
    )


def test_segment_is_kept_as_it_was_when_asked():
    segment = Segment.objects.create(name="Ireland", criteria={"countries": ["IE"]})

    job = asked(segment=segment)
    segment.criteria = {}
    segment.save()

    assert ExportJob.objects.get(pk=job.pk).criteria == {"countries": ["IE"]}
    assert "Ireland" in AuditEntry.objects.get().subject


def test_cells_are_written_as_the_target_needs_them_unless_said_otherwise():
    officer = data_officer()

    assert asked(officer).cell_mode == "spreadsheet"
    assert asked(officer, preset="mailchimp").cell_mode == "machine"
    assert asked(officer, cell_mode="machine").cell_mode == "machine"


@pytest.mark.parametrize(
    ("codenames", "what"),
    [(("view_supporter",), {}), (("export_sensitive_columns",), {}), (EXPORTER, {"with_sensitive": True})],
)
def test_nobody_asks_for_more_than_they_may(codenames, what):
    with pytest.raises(PermissionDenied):
        asked(colleague(*codenames), **what)

    assert not ExportJob.objects.exists()


@pytest.mark.parametrize(
    "what",
    [
        {"purpose": "  "},
        {"purpose": "x" * 301},
        {"preset": "facebook"},
        {"file_format": "pdf"},
        {"preset": "mailchimp", "file_format": "xlsx"},
        {"cell_mode": "raw"},
        {"age_recipient": "ada@example.org"},
    ],
)
def test_what_makes_no_sense_is_refused_in_words(what):
    with pytest.raises(ExportRefused, match=r"\w+ \w+.*\.$"):
        asked(**what)

    assert not ExportJob.objects.exists()
    assert not AuditEntry.objects.exists()


def test_criteria_that_are_not_understood_are_refused_at_once():
    with pytest.raises(WrongCriteria):
        asked(criteria={"favourite_colour": "red"})
