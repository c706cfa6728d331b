"""`manage.py export_supporters`: the same files from the shell."""

import io
import stat
import subprocess
import sys

import pyrage
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from supporters.models import AuditEntry, Segment
from tests.supporters.crowd_of_supporters import answers, person
from tests.supporters.exports import rows_of, unzipped

pytestmark = pytest.mark.django_db(transaction=True)


def export(capsysbinary, *options, preset="complete", file_format="csv"):
    call_command("export_supporters", "--preset", preset, "--format", file_format, "--purpose", "Test", *options)
    return capsysbinary.readouterr()


def test_file_goes_to_standard_output_and_everything_else_to_standard_error(capsysbinary):
    person("ada", name="Ada Example", phone="+44 20")

    written = export(capsysbinary)

    [ada] = rows_of(unzipped(written.out)["people.csv"])
    assert ada["name"] == "Ada Example"
    assert "phone" not in ada
    assert b"Done: 1 rows." in written.err
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.count, entry.purpose, entry.actor_id) == ("export_from_shell", 1, "Test", None)


def test_output_file_is_its_owners_alone_whatever_was_there(capsysbinary, tmp_path):
    person("ada")
    path = tmp_path / "people.zip"
    path.write_text("older")
    path.chmod(0o644)

    written = export(capsysbinary, "--output", str(path))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(rows_of(unzipped(path.read_bytes())["people.csv"])) == 1
    assert written.out == b""
    assert [file.name for file in tmp_path.iterdir()] == ["people.zip"]


def test_failure_leaves_the_older_file_and_nothing_beside_it(capsysbinary, tmp_path):
    path = tmp_path / "missing" / "people.zip"

    with pytest.raises(CommandError, match=r"people\.zip: No such file or directory\.$"):
        export(capsysbinary, "--output", str(path))

    assert list(tmp_path.iterdir()) == []


def test_machine_mode_and_sensitive_columns_are_asked_for_by_name(capsysbinary):
    person("ada", name="=Ada", phone="+44 20")

    [ada] = rows_of(unzipped(export(capsysbinary, "--machine", "--sensitive").out)["people.machine.csv"])

    assert (ada["name"], ada["phone"]) == ("=Ada", "+44 20")


def test_only_the_people_of_a_segment(capsysbinary):
    person("ada", country="IE")
    person("bo", country="GB")
    Segment.objects.create(name="Ireland", criteria={"countries": ["IE"]})

    found = rows_of(unzipped(export(capsysbinary, "--segment", "Ireland").out)["people.csv"])

    assert [row["email"] for row in found] == ["personada@example.org"]
    assert "Ireland" in AuditEntry.objects.get().subject


def test_workbooks_come_in_one_archive(capsysbinary):
    person("ada", name="=1+1")

    files = unzipped(export(capsysbinary, file_format="xlsx").out)

    sheet = load_workbook(io.BytesIO(files["people.xlsx"]))["people"]
    assert [sheet["C1"].value, sheet["C2"].value] == ["name", "=1+1"]


def test_people_never_asked_stay_behind_unless_asked_for(capsysbinary):
    answers(person("yes"), "given")
    person("silent")

    assert b"personsilent" not in b"".join(unzipped(export(capsysbinary, preset="mailchimp").out).values())
    wide = unzipped(export(capsysbinary, "--never-asked", preset="mailchimp").out)
    assert b"personsilent" in b"".join(wide.values())


def test_file_for_one_receiver(capsysbinary):
    receiver = pyrage.x25519.Identity.generate()

    locked = export(capsysbinary, "--age", str(receiver.to_public())).out

    assert "people.csv" in unzipped(pyrage.decrypt(locked, [receiver]))


@pytest.mark.parametrize(
    "options",
    [("--segment", "Nobody"), ("--age", "ada@example.org"), ("--purpose", " ")],
)
def test_nonsense_is_refused_in_one_line_and_is_not_on_record(capsysbinary, options):
    with pytest.raises(CommandError) as refused:
        export(capsysbinary, *options)

    assert "\n" not in str(refused.value)
    assert not AuditEntry.objects.exists()


def test_format_the_target_cannot_read_is_refused(capsysbinary):
    with pytest.raises(CommandError, match="Mailchimp takes csv"):
        export(capsysbinary, preset="mailchimp", file_format="xlsx")


def test_shell_hears_of_a_failure():
    command = [sys.executable, "manage.py", "export_supporters", "--preset", "nothing", "--format", "csv"]

    done = subprocess.run(
        [*command, "--purpose", "Test"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )

    assert done.returncode != 0
    assert done.stdout == ""
    assert "invalid choice: 'nothing'" in done.stderr


@pytest.mark.parametrize("folder", ["", ".", "/"])
def test_folder_is_no_file_to_write_to_and_nothing_was_exported(capsysbinary, tmp_path, monkeypatch, folder):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(CommandError, match="that is a folder"):
        export(capsysbinary, "--output", folder or str(tmp_path))

    assert not AuditEntry.objects.exists()
