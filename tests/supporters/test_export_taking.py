"""Fetching an export: once, by whoever asked for it, and then it is gone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone

from supporters.exports.forgetting import forget_old_exports
from supporters.models import AuditEntry, ExportJob, ExportState
from supporters.private_files import store_file
from supporters.retention import retention_rules
from supporters.services.exporting import ExportGone, take_export
from tests.at_once import at_once
from tests.supporters.crowd_of_supporters import person
from tests.supporters.exports import asked, data_officer, empty_disk, files_on_disk, taken, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_on_disk():
    empty_disk()


def is_wiped(job):
    job.refresh_from_db()
    return (job.file_name, job.file_key) == ("", "")


def test_name_tells_what_it_is_and_nothing_about_the_campaign():
    officer = data_officer()
    today = timezone.localdate().isoformat()

    name, size, content = take_export(job_id=written(officer).pk, by=officer)

    assert name == f"complete-{today}.zip"
    assert size == len(b"".join(content))
    name, _, _ = take_export(job_id=written(officer, preset="mailchimp").pk, by=officer)
    assert name == f"mailchimp-{today}-machine.zip"


def test_file_can_be_fetched_once():
    job = written()

    assert taken(job)

    assert is_wiped(job)
    assert job.state == ExportState.TAKEN
    assert files_on_disk() == []
    with pytest.raises(ExportGone):
        taken(job)


def test_audit_trail_knows_before_the_first_byte_and_the_key_is_gone_by_then():
    person("ada")
    job = written()

    _, _, content = take_export(job_id=job.pk, by=job.requested_by)

    assert AuditEntry.objects.filter(action="export_taken", count=1).count() == 1
    assert is_wiped(job)
    next(content)


@pytest.mark.parametrize("pieces_read", [0, 1])
def test_download_that_breaks_off_takes_the_file_with_it(pieces_read):
    job = written()
    _, _, content = take_export(job_id=job.pk, by=job.requested_by)
    for _ in range(pieces_read):
        next(content)

    content.close()

    assert files_on_disk() == []
    assert is_wiped(job)


def how_many_get_it_at_once():
    """Four people press the button of one export together; nobody reads the file before all have their answer."""
    job = written(data_officer(email=f"{uuid4()}@example.org"))

    def press(_number):
        waiting = ExportJob.objects.select_related("requested_by").get(pk=job.pk)
        try:
            return take_export(job_id=waiting.pk, by=waiting.requested_by)
        except ExportGone:
            return None

    return sum(answer is not None for answer in at_once(4, press))


def test_of_several_who_press_at_once_one_gets_it():
    assert how_many_get_it_at_once() == 1
    assert AuditEntry.objects.filter(action="export_taken").count() == 1


def test_control_without_the_lock_several_get_it(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)

    assert any(how_many_get_it_at_once() > 1 for _ in range(5))


def test_nobody_else_gets_it_whatever_they_may_do():
    job = written()

    with pytest.raises(ExportGone):
        take_export(job_id=job.pk, by=data_officer(email="other@example.org"))

    assert ExportJob.objects.get().state == ExportState.READY
    assert taken(job)


def test_permission_is_asked_once_more():
    officer = data_officer()
    job = written(officer)
    officer.user_permissions.clear()

    with pytest.raises(PermissionDenied):
        take_export(job_id=job.pk, by=type(officer).objects.get(pk=officer.pk))

    assert files_on_disk() == [str(job.pk)]


def test_export_that_is_not_ready_cannot_be_fetched():
    job = asked()

    with pytest.raises(ExportGone):
        taken(job)


def test_what_nobody_fetched_in_seven_days_is_gone():
    early, late = written(data_officer()), written(data_officer(email="late@example.org"))
    ExportJob.objects.filter(pk=early.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ExportGone):
        taken(early)

    assert forget_old_exports() == 1

    assert is_wiped(early)
    assert early.state == ExportState.EXPIRED
    assert files_on_disk() == [str(late.pk)]
    assert taken(late)


def test_what_never_got_finished_is_given_up_after_a_day():
    job = asked()
    ExportJob.objects.update(state=ExportState.RUNNING, file_name=f"exports/{job.pk}", started_at=timezone.now())
    store_file(f"exports/{job.pk}", [b"half"])
    assert forget_old_exports() == 0
    ExportJob.objects.update(started_at=timezone.now() - timedelta(days=2))

    assert forget_old_exports() == 1

    assert is_wiped(job)
    assert job.state == ExportState.FAILED
    assert files_on_disk() == []


def test_file_that_a_killed_process_left_behind_is_deleted():
    store_file("exports/stray", [b"left"])

    forget_old_exports()

    assert files_on_disk() == []


def test_clock_is_one_of_the_rules():
    [rule] = [rule for rule in retention_rules() if rule.name == "exports"]

    assert rule.forget is not None
    assert "supporters.ExportJob.file_key" in rule.fields
