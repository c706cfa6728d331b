"""From the database to the other system's importer: the ZIP that an organiser downloads, file by file."""

import io
import zipfile
from datetime import date

import pytest

from supporters.exports.choosing import Choice
from supporters.exports.order import Order
from supporters.exports.presets import preset_named
from supporters.exports.reading import Reader
from supporters.exports.snapshot import snapshot
from tests.factories.petitions import PetitionPageFactory
from tests.supporters.crowd_of_supporters import answers, person, signs, stops
from tests.supporters.importers import IMPORTERS
from tests.supporters.preset_files import headings, read

pytestmark = pytest.mark.django_db(transaction=True)

# Every test here goes through all systems: making the people takes longer than reading them.
AGREED = {"personagreed@example.org", "personback@example.org"}


@pytest.fixture
def everybody():
    """One person of every standing, of whom two agreed: one at once, one after having said no."""
    petition = PetitionPageFactory(title="Deiseb, “nawr”")
    for standing in ("agreed", "back", "withdrew", "asked", "bounced", "never"):
        supporter = person(standing, name="Llŷr ap Siôn", phone="+447700900123", postcode="SW1A 1AA", country="GB")
        signs(supporter, petition)
        if standing in {"back", "withdrew"}:
            answers(supporter, "given")
            answers(supporter, "withdrawn")
        if standing in {"agreed", "back", "asked", "bounced"}:
            answers(supporter, "given")
        if standing in {"asked", "bounced"}:
            stops(supporter, standing)


def archive_of(name, *, with_never_asked=False, with_sensitive=False):
    preset = preset_named(name)
    order = Order(
        preset=preset,
        file_format="csv",
        choice=Choice({}, with_never_asked=with_never_asked),
        cell_mode=preset.cell_mode,
        with_sensitive=with_sensitive,
    )
    with snapshot() as shot:
        packed = b"".join(order.pieces(Reader(shot, order.choice), lambda _rows: None))
    assert order.name(date(2026, 5, 3)) == f"{name}-2026-05-03-machine.zip"
    return zipfile.ZipFile(io.BytesIO(packed))


def files_in(archive):
    names = [name for name in archive.namelist() if name.endswith(".csv")]
    return {name.partition(".")[0]: archive.read(name).decode() for name in names}


@pytest.mark.parametrize("with_never_asked", [False, True])
def test_what_is_downloaded_subscribes_those_who_agreed(everybody, with_never_asked):
    for importer in IMPORTERS:
        target = importer(mailed=frozenset({"personwithdrew@example.org", "personbounced@example.org"}))
        target.follow_readme(files_in(archive_of(importer.preset, with_never_asked=with_never_asked)))

        assert target.would_mail() == AGREED, importer.preset


def test_who_was_never_asked_is_in_no_file_unless_somebody_decides_so(everybody):
    for importer in IMPORTERS:
        without = "".join(files_in(archive_of(importer.preset)).values())
        with_them = "".join(files_in(archive_of(importer.preset, with_never_asked=True)).values())

        assert "personnever@" not in without
        assert "personnever@" in with_them


def test_phones_and_postcodes_come_only_with_the_right_to_them(everybody):
    for importer in IMPORTERS:
        without = "".join(files_in(archive_of(importer.preset)).values())

        assert "900123" not in without
        assert "SW1A" not in without


def test_the_readme_lies_beside_the_files_it_names(everybody):
    for importer in IMPORTERS:
        archive = archive_of(importer.preset)
        readme = archive.read("README.txt").decode()
        assert all(f"- {name}: " in readme for name in files_in(archive))


def test_no_mark_stands_before_the_headings(everybody):
    # listmonk's reader refuses a file that has one in front of a quote mark.
    for importer in IMPORTERS:
        for text in files_in(archive_of(importer.preset)).values():
            assert not text.startswith("\ufeff")


def test_civicrm_gets_what_they_did_and_every_answer(everybody):
    files = files_in(archive_of("civicrm", with_sensitive=True))

    assert len(read(files["1-contacts"])) == 5
    assert {row["Phone"] for row in read(files["1-contacts"])} == {"+447700900123"}
    assert {row["Subject"] for row in read(files["2-activities"])} == {"Deiseb, “nawr”"}
    assert len(read(files["2-activities"])) == 5
    assert len(read(files["3-consents"])) == 8
    assert headings(files["3-consents"])[0] == "External Identifier"
