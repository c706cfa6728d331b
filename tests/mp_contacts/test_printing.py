"""A letter comes out on paper as it was written, and nothing of it stays here."""

import re
import zlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mp_contacts.exports.documents import LetterSheet, letter_pdf
from mp_contacts.models import Letter, LetterSettings
from mp_contacts.services.counting_own import PDF_LIMIT
from tests.factories.mp_contacts import ConstituencyFactory, LetterPageFactory, MemberFactory

pytestmark = pytest.mark.django_db

BODY = "Dear Jo Example,\n\nI live above a shop.\n\nMy neighbour was turned away."
HOSTILE = '#panic("x") $y #pagebreak() = H `r` *b* \\ // /* @label <label> ] #{ <script>alert(1)</script>'


@pytest.fixture
def page():
    return LetterPageFactory()


@pytest.fixture
def typed():
    member = MemberFactory(address_name="Ms Jo Example MP")
    return {
        "constituency": member.constituency_id,
        "name": "Ada Example",
        "address": "1 Lantern Street\nHarrowmere",
        "postcode": "ZA1 1AA",
        "subject": "Safety for people who report violence",
        "body": BODY,
    }


def send(client, page, kind, typed):
    return client.post(reverse(f"mp_contacts:{kind}", args=[page.pk]), typed)


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def streams_of(pdf: bytes) -> bytes:
    """Everything in the file that was packed."""
    found = b""
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found += zlib.decompress(packed)
        except zlib.error:
            continue
    return found


def test_the_page_has_the_whole_letter_and_where_it_goes(client, page, typed):
    response = send(client, page, "print", typed)
    html = response.content.decode()

    assert response.status_code == 200
    for part in (
        "Ms Jo Example MP<br>House of Commons<br>London<br>SW1A 0AA",
        "1 Lantern Street<br>Harrowmere<br>ZA1 1AA",
    ):
        assert part in html
    assert "<p>I live above a shop.</p>" in html
    assert "Yours sincerely,<br>Ada Example" in html
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies


@pytest.mark.parametrize("kind", ["print", "pdf"])
def test_nothing_of_a_letter_is_kept(client, page, typed, kind):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert send(client, page, kind, typed).status_code == 200

    assert not Letter.objects.exists()
    assert not [query["sql"] for query in queries if "Lantern" in query["sql"] or "neighbour" in query["sql"]]


def test_the_pdf_can_be_read_by_a_screen_reader_and_its_name_says_nothing(client, page, typed):
    response = send(client, page, "pdf", typed)

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert response.content.startswith(b"%PDF-1.7")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid", b"/Lang"):
        assert mark in response.content
    assert pages_of(response.content) == 1


def test_every_letter_of_the_text_is_in_the_pdf():
    """Glyphs are numbers of their own; what they mean stands in the file's own tables."""
    known = streams_of(letter_pdf(LetterSheet(member_name="Ms Jo Example MP", subject="Zebra", body="Quartz & Ω")))

    for character in "QuartzZebΩ":
        assert f"<{ord(character):04X}>".encode() in known


def test_hostile_text_is_printed_and_not_obeyed(client, page, typed):
    hostile = dict.fromkeys(("name", "address", "subject", "body"), HOSTILE) | {
        "constituency": typed["constituency"],
        "postcode": "#pagebreak()",
    }

    html = send(client, page, "print", hostile).content.decode()
    pdf = send(client, page, "pdf", hostile)

    assert "<script>alert" not in html
    assert pages_of(pdf.content) == 1


@pytest.mark.parametrize(
    "body", ["王小明 🦄 \ue000", "a\x00b", "x\n" * 4_999, "\u202e" * 9_000 + "x", "w" * 10_000, "\ud800 x"]
)
def test_any_text_makes_a_document(body):
    sheet = LetterSheet(member_name="Jo \x00\n MP", subject="\ud800", body=body, writer_name=body[:90])

    assert letter_pdf(sheet).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"body": ""}, "Write your letter first."),
        ({"body": "x" * 10_001}, "Keep your letter to 10,000 characters or fewer."),
        ({"body": "x" * 1_000_000}, "Keep your letter to 10,000 characters or fewer."),
        ({"body": "a\x00b"}, "Null characters are not allowed."),
        ({"constituency": ""}, "Choose your constituency."),
        ({"constituency": "X\x00"}, "Null characters are not allowed."),
        ({"constituency": "E99999999"}, "Choose your constituency from the list."),
        ({"constituency": "' OR 1=1"}, "Choose your constituency from the list."),
        ({"name": "x" * 101}, "Enter a name of 100 characters or fewer."),
    ],
)
@pytest.mark.parametrize("kind", ["print", "pdf"])
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, page, typed, kind, wrong, sentence):
    response = send(client, page, kind, typed | wrong)
    html = response.content.decode()

    assert response.status_code == 422
    assert sentence in html
    assert "1 Lantern Street" in html


def test_nobody_is_written_to_in_a_vacant_seat_or_between_parliaments(client, page, typed):
    vacant = ConstituencyFactory().pk
    assert "This seat has no MP" in send(client, page, "print", typed | {"constituency": vacant}).content.decode()

    settings = LetterSettings.load()
    settings.is_dissolved = True
    settings.save()
    assert "Parliament is dissolved" in send(client, page, "print", typed).content.decode()


def test_a_network_gets_only_so_many_pdfs_but_any_number_of_pages(client, page, typed):
    statuses = [send(client, page, "pdf", typed).status_code for _ in range(PDF_LIMIT.burst + 1)]

    assert statuses == [200] * PDF_LIMIT.burst + [429]
    refused = send(client, page, "pdf", typed)
    assert "My neighbour was turned away." in refused.content.decode()
    assert refused["Retry-After"]
    assert send(client, page, "print", typed).status_code == 200


@pytest.mark.parametrize(
    ("body", "writer", "closing"),
    [
        ("Hello.", "Ada", ["Yours sincerely,", "Ada"]),
        ("Hello.\n\nKind regards", "Ada", ["Kind regards", "Ada"]),
        ("Hello.\n\nKind regards\nA. Example", "Ada", ["Kind regards", "A. Example"]),
        ("Hello.", "", ["Yours sincerely,"]),
    ],
)
def test_nobody_is_made_to_sign_twice(body, writer, closing):
    assert LetterSheet(member_name="Jo", subject="", body=body, writer_name=writer).closing == closing


def test_a_welsh_letter_is_dated_and_signed_in_welsh():
    sheet = LetterSheet(member_name="Jo", subject="", body="Helo.", language="cy")

    assert sheet.closing == ["Yr eiddoch yn gywir,"]
    assert b"/Lang(cy)" in letter_pdf(sheet)


def test_only_a_form_of_ours_prints(client, page, typed):
    address = reverse("mp_contacts:print", args=[page.pk])

    assert client.get(address).status_code == 405
    assert client.post(address, typed, headers={"sec-fetch-site": "cross-site"}).status_code == 403
