"""Preset files are for importers, but somebody will open one in a spreadsheet: then nothing runs."""

import os
import shutil
import subprocess

import pytest

from tests.supporters.importers import IMPORTERS
from tests.supporters.preset_files import EVERYBODY, action, answer, files_of, person

OFFICE = shutil.which("soffice")
# Comma, double quote, UTF-8, from line 1; and take "formulas" for what they look like.
AS_CSV = "CSV:44,34,76,1,,0,false,true,false"

MAY_SKIP = OFFICE is None and os.environ.get("REQUIRE_JOURNEYS") != "1"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(MAY_SKIP, reason="LibreOffice is not installed.")]

HOSTILE = [
    person("=cmd|'/Ccalc'!A0+@evil.example"),
    person("=1@evil.example", updates="withdrawn"),
    person("b@evil.example", name='=cmd|"/c calc"!A0', source="@SUM(1)", postcode="=1", phone="=2+2"),
    person("c@evil.example", took_part=("=1+1", "+2;=3", "|=4", '"=5"'), constituency_code="=6", language="=7"),
]


def open_in_libreoffice(folder, *files):
    """All files in one run: starting takes longer than reading them."""
    assert OFFICE, "LibreOffice is missing: apt-get install libreoffice-calc."
    home = (folder / "home").as_uri()
    command = [OFFICE, f"-env:UserInstallation={home}", "--headless", f"--infilter={AS_CSV}"]
    subprocess.run(
        [*command, "--convert-to", "fods", "--outdir", folder, *files], check=True, capture_output=True, timeout=240
    )
    return [(folder / file.name).with_suffix(".fods").read_text() for file in files]


def test_libreoffice_finds_no_formula_in_any_file(tmp_path):
    people = [*EVERYBODY, *HOSTILE]
    files = []
    for importer in IMPORTERS:
        texts = files_of(
            importer.preset,
            people=people,
            actions=[action(row, page_title=row.name, source=row.source) for row in people],
            consents=[answer(row, wording=row.name, note="=1+1", method="=2+2") for row in people],
        )
        for name, text in texts.items():
            files.append(tmp_path / f"{importer.preset}-{name}.csv")
            files[-1].write_text(text, newline="")
    control = tmp_path / "control.csv"
    control.write_text('"name"\r\n"=1+1"\r\n')

    *opened, with_one = open_in_libreoffice(tmp_path, *files, control)

    assert with_one.count("table:formula") == 1
    assert len(opened) == 14
    assert [text.count("table:formula") for text in opened] == [0] * 14
