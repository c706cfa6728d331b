"""A large list of people never touches the disk in clear on its way in."""

import io
import os
import random
import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from supporters.crypto.uploads import CHUNK, LARGEST, LockedScratch
from supporters.models import ImportJob
from supporters.private_files import read_file
from tests.petitions.organisers import boss

CANARY = "quillfeather.canary@example.org"


def large_list() -> bytes:
    """Well past what Django keeps in memory."""
    rows = [f"someone.{number}@example.org,Ada Example {'x' * 80}" for number in range(60_000)]
    rows[31_000] = f"{CANARY},Zephyrine Quillfeather"
    return "\n".join(["Email,Name", *rows]).encode()


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_large_upload_is_locked_from_its_first_byte_on_the_disk(client, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    written = []
    open_scratch = tempfile.TemporaryFile

    def watched(*args, **kwargs):
        file = open_scratch(*args, **kwargs)
        written.append(os.dup(file.fileno()))
        return file

    monkeypatch.setattr(tempfile, "TemporaryFile", watched)
    client.force_login(boss())
    content = large_list()

    answer = client.post(
        reverse("imports:upload"), {"file": SimpleUploadedFile("list.csv", content), "purpose": "Sheets of May"}
    )

    assert answer.status_code == 302
    job = ImportJob.objects.get()
    assert b"".join(read_file(job.file_name, key=job.file_key)) == content
    on_disk = b"".join(whole_of(descriptor) for descriptor in written)
    on_disk += b"".join(path.read_bytes() for path in Path(tmp_path).rglob("*") if path.is_file())
    assert len(on_disk) > CHUNK, "Nothing was written to the disk, so nothing was tested."
    assert CANARY.encode() not in on_disk
    assert b"Ada Example" not in on_disk


def whole_of(descriptor: int) -> bytes:
    with os.fdopen(descriptor, "rb") as file:
        file.seek(0)
        return file.read()


def test_scratch_is_read_as_a_file_is():
    content = random.Random(4).randbytes(5 * CHUNK + 777)
    scratch = LockedScratch()
    for start in range(0, len(content), 30_000):
        scratch.write(content[start : start + 30_000])
    plain, locked = io.BytesIO(content), io.BufferedReader(scratch, CHUNK)
    locked.seek(0)
    chance = random.Random(5)
    for _ in range(200):
        place, size = chance.randrange(-10, len(content) + 10), chance.randrange(3 * CHUNK)
        assert locked.seek(max(0, place)) == plain.seek(max(0, place))
        assert locked.read(size) == plain.read(size)
    assert locked.seek(-5, io.SEEK_END) == plain.seek(-5, io.SEEK_END)
    assert locked.read() == plain.read()


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_upload_past_the_limit_is_refused_and_nothing_is_kept(client):
    client.force_login(boss())

    answer = client.post(
        reverse("imports:upload"),
        {"file": SimpleUploadedFile("list.csv", b"x" * (LARGEST + 1)), "purpose": "Sheets of May"},
    )

    assert answer.status_code in {400, 413}
    assert not ImportJob.objects.exists()
