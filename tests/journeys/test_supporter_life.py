"""Somebody's record from being found to being erased: by a data officer, and by the person's own link."""

import io
import zipfile
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys.fixtures import Welcome, signed_in
from tests.journeys.running_site import RunningSite
from tests.journeys.test_privacy import ask_for_link, says
from tests.journeys.visitor import Visitor

ROSA: Final = "rosa.delgado@example.org"
ROISIN: Final = ("roisin.byrne@example.org", "r.byrne.writes@example.org")
# Two of six are enough for a browser; tests/supporters sees to the files of all.
OTHERS: Final = ("civicrm", "mailchimp")
WORKED_WITHIN_MS: Final = 30_000


@pytest.fixture
def officer(welcome: Welcome, running_site: RunningSite) -> Visitor:
    return signed_in(welcome(viewport={"width": 1280, "height": 900}), running_site, "Officer")


def test_officer_finds_and_understands_somebody(officer: Visitor) -> None:
    find(officer, ROSA)
    assert ROSA not in officer.page.url
    main = officer.page.locator("main")
    expect(main).to_contain_text("newsletter")
    expect(main).to_contain_text("their own privacy page")
    expect(main).to_contain_text("version 1")
    expect(main).not_to_contain_text(ROSA)
    officer.press("Show address, telephone and postcode")
    expect(main).to_contain_text(ROSA)


@pytest.mark.parametrize("who", ["Officer", "Organiser"], ids=["without telephone", "with telephone"])
def test_our_own_file_has_the_person_and_comes_back_unchanged(
    welcome: Welcome, running_site: RunningSite, who: str
) -> None:
    reader = signed_in(welcome(viewport={"width": 1280, "height": 900}), running_site, who)
    content = export(reader, "complete", with_sensitive=who == "Organiser")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        [people] = [archive.read(name) for name in archive.namelist() if name.startswith("people")]
    assert ROSA.encode() in people
    assert (b"07700 900123" in people) == (who == "Organiser")
    bring_back(reader, "complete.zip", content)


@pytest.mark.parametrize("preset", OTHERS)
def test_file_for_another_system_has_the_person_and_comes_back_unchanged(officer: Visitor, preset: str) -> None:
    content = export(officer, preset)
    files = {f"{preset}.csv": content}
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = {name: archive.read(name) for name in archive.namelist() if name.endswith(".csv")}
    with_rosa = {name: lines for name, lines in files.items() if ROSA.encode() in lines}
    assert with_rosa
    name, lines = next(iter(with_rosa.items()))
    bring_back(officer, name, lines)


@pytest.mark.late(1)
def test_officer_merges_two_records_parts_them_and_erases_one(officer: Visitor) -> None:
    find(officer, ROISIN[0])
    record = officer.page.url
    officer.page.get_by_role("region", name="Perhaps the same person").get_by_role("link").first.click()
    expect(officer.heading()).to_contain_text("One person or two?")
    officer.press("Merge")
    expect(officer.page.get_by_text("The two records are one.")).to_be_visible()
    find(officer, ROISIN[1])
    assert officer.page.url == record, "The merged address leads to the record that stayed."
    officer.page.get_by_role("button", name="Undo the merge of").click()
    expect(officer.page.get_by_text("The two records are two again")).to_be_visible()

    find(officer, ROISIN[1])
    assert officer.page.url != record
    officer.open(f"{officer.page.url}erase/")
    officer.page.get_by_label("This person asked to be erased").check()
    officer.press("Erase for good")
    expect(officer.page.get_by_text("Erased. Nothing about this person is left.")).to_be_visible()
    finds_nobody(officer, ROISIN[1])


def test_editor_gets_nowhere(welcome: Welcome, running_site: RunningSite) -> None:
    editor = signed_in(welcome(viewport={"width": 1280, "height": 900}), running_site, "Editor")
    expect(editor.page.get_by_role("button", name="Supporters", exact=True)).to_have_count(0)
    for place in ("supporters/", "supporters/find/", "exports/", "exports/new/complete/", "imports/", "duplicates/"):
        editor.open(f"/admin/{place}")
        expect(editor.page).to_have_url(f"{editor.origin}/admin/")


@pytest.mark.late(2)
@pytest.mark.parametrize(("scripts", "address"), [(True, ROSA), (False, ROISIN[0])], ids=["scripts", "no scripts"])
def test_person_erases_what_is_held_and_the_total_stands(
    welcome: Welcome, running_site: RunningSite, officer: Visitor, scripts: bool, address: str
) -> None:
    visitor = welcome(java_script_enabled=scripts)
    ask_for_link(visitor, address)
    visitor.follow_mail_link()
    main = visitor.page.locator("main")
    expect(main).to_contain_text(address)
    with visitor.page.expect_download() as download:
        visitor.press("Download my data")
    with zipfile.ZipFile(Path(download.value.path())) as archive:
        assert address.encode() in archive.read("data.json")
    visitor.page.get_by_role("button", name="Change to no").first.click()
    says(visitor, "no")
    if address == ROSA:
        visitor.page.get_by_role("button", name="Take this back").first.click()
        says(visitor, "It is taken back.")
    totals = "SELECT sum(confirmed) FROM petitions_petitiontotals"
    visitor.page.wait_for_timeout(4_000)
    before = running_site.query(totals)
    visitor.page.get_by_label("Yes, erase everything about me.").check()
    visitor.press("Erase everything about me")
    expect(visitor.heading()).to_have_text("It is erased")
    finds_nobody(officer, address)
    visitor.page.wait_for_timeout(4_000)
    assert running_site.query(totals) == before


def search(officer: Visitor, address: str) -> None:
    officer.open("/admin/supporters/find/")
    officer.page.get_by_label("E-mail address").fill(address)
    officer.press("Find")


def find(officer: Visitor, address: str) -> None:
    """Open the one record with ``address``."""
    search(officer, address)
    expect(officer.page.get_by_role("heading", name="1 person")).to_be_visible()
    officer.page.locator("table.listing tbody a").first.click()
    expect(officer.page.get_by_role("heading", name="Consent ledger")).to_be_visible()


def finds_nobody(officer: Visitor, address: str) -> None:
    search(officer, address)
    expect(officer.page.get_by_text("Nobody was found.")).to_be_visible()


def export(officer: Visitor, preset: str, *, with_sensitive: bool = False) -> bytes:
    """The file of ``preset`` about everybody; telephone and postcode only where there is a right to them."""
    officer.open(f"/admin/exports/new/{preset.replace('_', '-')}/")
    tick = officer.page.get_by_label("With phone numbers and postcodes")
    expect(tick).to_have_count(int(with_sensitive))
    if with_sensitive:
        tick.check()
    officer.page.get_by_label("What is it for?").fill("To show that nothing is lost")
    officer.press("Look at the figures")
    officer.press("Make the file")
    button = officer.page.get_by_role("button", name="Download (")
    expect(button).to_be_visible(timeout=WORKED_WITHIN_MS)
    with officer.page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_bytes()


def bring_back(officer: Visitor, name: str, content: bytes) -> None:
    """Upload a file of ours and see that it would change nobody."""
    officer.open("/admin/imports/new/")
    officer.page.get_by_label("Where does this list come from?").fill("Our own export")
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    officer.page.get_by_label("The file").set_input_files(file)
    officer.press("Upload")
    officer.press("See what would change")
    heading = officer.page.get_by_role("heading", name="What would change")
    expect(heading).to_be_visible(timeout=WORKED_WITHIN_MS)
    main = officer.page.locator("main")
    expect(main).to_contain_text("rows that change nothing")
    for words in ("people who are new", "people with something new", "rows that are refused", "cells or rows with"):
        expect(main).not_to_contain_text(words)
    officer.press("Discard: delete the file")
