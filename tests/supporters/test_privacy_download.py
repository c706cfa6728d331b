"""What is taken away from the privacy page: one file for programs, one for people, the same in both."""

import io
import json
import re
import zipfile

import pytest

from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import signed
from tests.supporters.privacy_visits import Holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    signed(PetitionPageFactory(title="Safe to report"), comment="Mine.", wants_updates=True)
    return Holder("ada@example.org")


def test_download_holds_the_same_twice_and_needs_nothing_else(ada):
    response = ada.post("download")

    assert response["Content-Type"] == "application/zip"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'attachment; filename="your-data.zip"'
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.namelist() == ["data.json", "data.html"]
        data, page = json.loads(archive.read("data.json")), archive.read("data.html").decode()
    assert data["address"] == "ada@example.org"
    text = " ".join(page.split())
    for section in data["sections"]:
        assert section["title"] in page
        for entry in section["entries"]:
            for key, value in entry.items():
                # Times are for programs in one and for people in the other.
                if value and not re.match(r"\d{4}-\d\d-\d\dT", value):
                    assert value.replace("'", "&#x27;") in text, (section["section"], key)
    [acts] = [section for section in data["sections"] if section["section"] == "acts"]
    assert acts["entries"][0]["comment"] == "Mine."
    assert not re.search(r'(?:src|href|action)="(?!data:text/css;base64,)', page)


def test_download_says_what_the_page_says(ada):
    page = ada.look()
    with zipfile.ZipFile(io.BytesIO(ada.post("download").content)) as archive:
        data = json.loads(archive.read("data.json"))

    for section in data["sections"]:
        for entry in section["entries"]:
            for value in entry.values():
                assert re.match(r"\d{4}-\d\d-\d\dT", value) or value in page
