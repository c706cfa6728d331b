"""`manage.py import_supporters`: what it says, and how it ends."""

import io

import pytest
from django.core.management import CommandError, call_command

from supporters.models import AuditEntry, ConsentText, ImportJob, ImportState, Supporter
from tests.supporters.import_files import csv_bytes, found, standing

pytestmark = pytest.mark.django_db

ROWS = [["email", "name", "updates"], ["ana@example.org", "Ana", "yes"], ["bad", "Bo", ""]]


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(csv_bytes(ROWS))
    return path


def run(path, **options):
    out = io.StringIO()
    call_command("import_supporters", str(path), stdout=out, **options)
    return out.getvalue()


def test_people_are_brought_in_with_the_words_they_agreed_to(people, capsys):
    text = ConsentText.objects.create(wording="Yes, write to me.", controller="Example Campaign")

    said = run(people, yes=True, consent_text=text.pk, purpose="Sheets of May")

    assert found("ana@example.org").name == "Ana"
    assert standing("ana@example.org") == {"updates": "given"}
    assert "1 new, 0 changed, 0 unchanged, 1 refused." in said
    assert "Row 2, email: This is no e-mail address." in said
    assert "Ana" not in said
    assert "100% of 2 rows" in capsys.readouterr().err
    assert AuditEntry.objects.filter(action="import_applied", purpose="Sheets of May", count=1).exists()


def test_dry_run_changes_nothing_and_keeps_no_file(people):
    said = run(people, dry_run=True)

    assert "Nothing was changed." in said
    assert not Supporter.objects.exists()
    assert ImportJob.objects.get().state == ImportState.DISCARDED


def test_without_yes_and_nobody_to_ask_nothing_is_changed(people):
    with pytest.raises(CommandError, match="--yes"):
        run(people)

    assert not Supporter.objects.exists()
    assert ImportJob.objects.get().state == ImportState.DISCARDED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"%PDF\x00", "neither CSV nor XLSX"),
        (b"Shoe size\r\n38\r\n", "Say which column holds the e-mail address"),
        (b"email\r\n", "no rows"),
    ],
)
def test_failure_is_one_clear_line(tmp_path, data, sentence):
    path = tmp_path / "people.csv"
    path.write_bytes(data)

    with pytest.raises(CommandError, match=sentence) as caught:
        run(path, yes=True)

    assert "\n" not in str(caught.value)
    assert not ImportJob.objects.exclude(file_name="").exists()


def test_file_that_is_not_there_is_one_clear_line(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "nothing.csv", yes=True)


def test_words_that_are_not_there_are_one_clear_line(people):
    with pytest.raises(CommandError, match="no consent text"):
        run(people, yes=True, consent_text=99)


def test_name_of_the_file_is_not_kept_in_the_audit_trail(tmp_path):
    path = tmp_path / "ana-lopes-and-friends.csv"
    path.write_bytes(csv_bytes(ROWS))

    run(path, yes=True)

    assert "ana" not in ImportJob.objects.get().purpose
    assert not AuditEntry.objects.filter(purpose__contains="ana").exists()
