"""The page of one export: how far it is, and the file, once."""

import io
import zipfile

import pytest
from django.urls import reverse

from supporters.exports.running import run_export
from supporters.models import AuditEntry, ExportJob, ExportState
from tests.supporters.admin_exports.conftest import ASKED, ask, job_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


# Its file is written on a connection of its own, which sees only what has been committed.
committed = pytest.mark.django_db(transaction=True)


@committed
def test_file_is_fetched_once_and_gone(officer, crowd):
    job = job_of(ask(officer))
    waiting = officer.get(reverse("exports:job", args=[job.pk])).content.decode()
    assert "Waiting for the worker" in waiting
    assert "Reload" in waiting
    assert "http-equiv" not in waiting

    run_export(job.pk)
    page = officer.get(reverse("exports:job", args=[job.pk])).content.decode()
    assert "Download" in page
    response = officer.post(reverse("exports:take", args=[job.pk]))

    body = b"".join(response.streaming_content)
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert "mailchimp" in response["Content-Disposition"] or "export" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert int(response["Content-Length"]) == len(body)
    names = zipfile.ZipFile(io.BytesIO(body)).namelist()
    assert any("subscribed" in name for name in names)

    job.refresh_from_db()
    assert job.state == ExportState.TAKEN
    page = officer.get(reverse("exports:job", args=[job.pk])).content.decode()
    assert "The file is gone." in page
    assert 'name="csrfmiddlewaretoken"' not in page.split("exports/")[-1]
    again = officer.post(reverse("exports:take", args=[job.pk]), follow=True)
    assert "no file to fetch any more" in again.content.decode()


@committed
def test_nobody_but_who_asked_can_fetch(officer, crowd):
    job = job_of(ask(officer))
    run_export(job.pk)
    watcher = signed_in("export_supporters", "view_auditentry", email="watcher@example.org")
    rival = signed_in("export_supporters", email="rival@example.org")

    page = watcher.get(reverse("exports:job", args=[job.pk])).content.decode()
    assert "Whoever asked for it can fetch it" in page
    assert reverse("exports:take", args=[job.pk]) not in page
    assert watcher.post(reverse("exports:take", args=[job.pk])).status_code == 302
    assert rival.get(reverse("exports:job", args=[job.pk])).status_code == 404
    assert rival.post(reverse("exports:take", args=[job.pk])).status_code == 404
    job.refresh_from_db()
    assert job.state == ExportState.READY


@committed
def test_permission_is_asked_again_at_the_download(officer, crowd):
    job = job_of(ask(officer))
    run_export(job.pk)
    job.requested_by.user_permissions.clear()
    job.requested_by.user_permissions.add(
        *type(job.requested_by.user_permissions.model.objects.first()).objects.filter(codename="access_admin")
    )

    assert officer.post(reverse("exports:take", args=[job.pk])).status_code == 302
    job.refresh_from_db()
    assert job.state == ExportState.READY


def test_get_changes_nothing(officer):
    job = job_of(ask(officer))
    before = ExportJob.objects.values().get()
    entries = AuditEntry.objects.count()

    for name in ("exports:job", "exports:progress"):
        assert officer.get(reverse(name, args=[job.pk])).status_code == 200
    assert officer.get(reverse("exports:take", args=[job.pk])).status_code == 405
    for url in (reverse("exports:index"), reverse("exports:choose"), reverse("exports:ask", args=["complete"])):
        assert officer.get(url, {"step": "confirm", **ASKED}).status_code == 200

    assert ExportJob.objects.values().get() == before
    assert AuditEntry.objects.count() == entries


def test_progress_is_told_as_json(officer):
    job = job_of(ask(officer))
    ExportJob.objects.update(state=ExportState.RUNNING, rows_total=2000, rows_done=500)

    progress = officer.get(reverse("exports:progress", args=[job.pk])).json()
    assert progress == {
        "state": "Being written", "is_over": False, "done": 500, "total": 2000, "rows": "500 of 2,000",
    }  # fmt: skip
    ExportJob.objects.update(state=ExportState.FAILED, problem="The disk is full.")
    assert officer.get(reverse("exports:progress", args=[job.pk])).json()["is_over"] is True
    assert "The disk is full." in officer.get(reverse("exports:job", args=[job.pk])).content.decode()
