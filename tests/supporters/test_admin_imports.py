"""The wizard of the workspace: every step a POST, nothing personal on any page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from supporters.imports.jobs import run_apply, run_check, run_undo
from supporters.models import ConsentText, ImportJob, ImportState, Supporter
from tests.petitions.organisers import colleague
from tests.supporters.import_files import applied, begun, checked, csv_bytes, everything, found, importer, known

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ROWS = [
    ["email", "Name", "Shoe size", "updates"],
    ["ana@example.org", "Ana Pop", "38", "yes"],
    ["noadress", "X", "", ""],
]


@pytest.fixture
def desk(client):
    client.force_login(importer())
    return client


def url(name, job=None):
    return reverse(f"imports:{name}", args=[job.pk] if job else [])


def upload(desk, data, purpose="Sheets of May"):
    return desk.post(url("upload"), {"purpose": purpose, "file": SimpleUploadedFile("people.csv", data)})


def page(desk, job):
    response = desk.get(url("show", job))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    return response.content.decode()


def test_list_goes_all_the_way_in_and_out(desk):
    text = ConsentText.objects.create(wording="Yes, write to me.", controller="Example Campaign")
    before = everything()
    assert upload(desk, csv_bytes(ROWS)).status_code == 302
    job = ImportJob.objects.get()
    shown = page(desk, job)
    assert "Shoe size" in shown
    assert shown.count(" selected>") >= 4  # three that are known, and one to be left out

    chosen = {"part-0": "email", "part-1": "name", "part-2": "", "part-3": "updates", "consent_text": text.pk}
    assert desk.post(url("check", job), chosen).status_code == 302
    assert desk.get(url("show", job))["Refresh"]
    run_check(job.pk)
    shown = page(desk, job)
    assert "people who are new" in shown
    assert "Name: filled" in shown
    assert everything() == before

    assert desk.post(url("apply", job)).status_code == 302
    run_apply(job.pk)
    assert found("ana@example.org").name == "Ana Pop"
    shown += page(desk, job)
    assert "Take it back" in shown

    assert desk.post(url("undo", job)).status_code == 302
    run_undo(job.pk)
    assert everything() == before
    shown += page(desk, job)
    for personal in ("ana@example.org", "Ana Pop", "noadress", ">38<"):
        assert personal not in shown


def test_file_that_cannot_be_read_gets_a_sentence_on_the_form(desk):
    response = upload(desk, b"%PDF-1.7\x00")

    assert response.status_code == 422
    assert "neither CSV nor XLSX" in response.content.decode()
    assert not ImportJob.objects.exists()


def test_where_the_list_comes_from_is_required(desk):
    assert upload(desk, csv_bytes(ROWS), purpose=" ").status_code == 422


def test_mapping_that_does_not_do_comes_back_with_a_sentence(desk):
    job = begun(ROWS)

    response = desk.post(url("check", job), {"part-1": "name"})

    assert response.status_code == 422
    assert "Say which column holds the e-mail address." in response.content.decode()


def test_column_that_cannot_overwrite_does_not(desk):
    job = begun([["email", "source"], ["ana@example.org", "List"]])

    desk.post(url("check", job), {"part-0": "email", "update-0": "on", "part-1": "source", "update-1": "on"})

    job.refresh_from_db()
    assert [column["update"] for column in job.mapping.values()] == [False, False]


def test_looking_changes_nothing(desk):
    job = checked(ROWS)
    known("bo@example.org")
    before = everything(), ImportJob.objects.values().get()

    for name in ("check", "apply", "undo", "discard"):
        assert desk.get(url(name, job)).status_code == 405
    page(desk, job)
    desk.get(url("problems", job))

    assert (everything(), ImportJob.objects.values().get()) == before


def test_second_press_explains_itself(desk):
    job = applied(ROWS)

    response = desk.post(url("apply", job), follow=True)

    assert "This cannot be done now." in response.content.decode()
    assert Supporter.objects.count() == 1


def test_discarding_is_one_press(desk):
    job = checked(ROWS)

    desk.post(url("discard", job))

    job.refresh_from_db()
    assert job.state == ImportState.DISCARDED


def test_problems_are_downloaded_without_what_stood_in_the_cells(desk):
    job = checked([["email", "=Name"], ["nobody", "Secret"]])

    response = desk.get(url("problems", job))
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert text.splitlines()[1] == '"1","email","This is no e-mail address."'
    assert "Secret" not in text
    assert "nobody" not in text


def test_without_the_permission_there_is_nothing(client):
    job = checked(ROWS)
    client.force_login(colleague("view_supporter", email="viewer@example.org"))

    for name in ("show", "problems"):
        assert client.get(url(name, job)).status_code in {302, 403}
    for name in ("check", "apply", "undo", "discard"):
        assert client.post(url(name, job)).status_code in {302, 403}
    assert client.get(url("index")).status_code in {302, 403}
    job.refresh_from_db()
    assert job.state == ImportState.CHECKED


def test_index_lists_them_by_where_they_come_from(desk):
    applied(ROWS)

    assert "Sign-up sheets of May" in desk.get(url("index")).content.decode()
