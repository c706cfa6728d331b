"""Every text that the public or supporters read is in every catalogue, whole, and compiled as it is written."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUES = sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po"))
CODE = ("campaign_site", "events", "home", "mp_contacts", "petitions", "supporters")
READ_BY_GETTEXT = (*CODE, "templates", "locale", "bin")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|<[^>]*>")

each_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def keys(catalogue: polib.POFile) -> set[tuple[str | None, str, str]]:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}


def test_there_is_a_catalogue_for_every_language_but_english() -> None:
    found = [path.parent.parent.name for path in CATALOGUES]
    assert found == sorted(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)


@each_catalogue
def test_nothing_is_missing_doubtful_or_obsolete(path: Path) -> None:
    entries = polib.pofile(str(path))
    forms = int(re.findall(r"nplurals=(\d)", entries.metadata["Plural-Forms"])[0])
    wanting = [
        entry.msgid
        for entry in entries
        if entry.fuzzy
        or entry.obsolete
        or not all(translations(entry))
        or len(translations(entry)) != (forms if entry.msgid_plural else 1)
    ]
    assert wanting == []


@each_catalogue
def test_placeholders_and_markup_are_those_of_the_english(path: Path) -> None:
    other = [
        (entry.msgid, text)
        for entry in polib.pofile(str(path))
        for text in translations(entry)
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(entry.msgid))
    ]
    assert other == []


@each_catalogue
def test_what_is_compiled_is_what_is_written(path: Path) -> None:
    written, compiled = polib.pofile(str(path)), polib.mofile(str(path.with_suffix(".mo")))

    def content(catalogue: polib.POFile | polib.MOFile) -> dict[tuple[str | None, str], list[str]]:
        return {(entry.msgctxt, entry.msgid): translations(entry) for entry in catalogue}

    assert content(compiled) == content(written)
    assert compiled.metadata["Plural-Forms"] == written.metadata["Plural-Forms"]


def test_gathering_anew_finds_what_the_catalogues_hold(tmp_path: Path) -> None:
    """Needs GNU gettext, as `bin/messages` does. Skipped without it, unless it is required."""
    if not shutil.which("xgettext"):
        if os.environ.get("REQUIRE_JOURNEYS") == "1":
            pytest.fail("GNU gettext is missing: apt-get install gettext.")
        pytest.skip("GNU gettext is not installed")
    for name in READ_BY_GETTEXT:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "demo"))
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")

    subprocess.run([tmp_path / "bin" / "messages"], check=True, capture_output=True)

    for path in CATALOGUES:
        gathered = keys(polib.pofile(str(tmp_path / path.relative_to(ROOT))))
        held = keys(polib.pofile(str(path)))
        assert (gathered - held, held - gathered) == (set(), set()), "Run bin/messages, and translate what is new."
