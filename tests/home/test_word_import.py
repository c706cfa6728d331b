"""A report written in Word becomes a draft with everything in its place."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from home.imports import archive
from home.models import ParasolImage, ReportDocument, ReportPage, User
from tests.factories.petitions import CampaignPageFactory
from tests.home.word_documents import bold, docx, italic, link, long_report, paragraph, png, run, table
from tests.home.word_documents import picture as word_picture

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("organiser@example.org", "a long enough sentence"))
    return client


@pytest.fixture
def campaign():
    return CampaignPageFactory()


def bring_in(client: Client, campaign, file: SimpleUploadedFile, **fields: str):
    return client.post(reverse("word_import:upload", args=[campaign.pk]), {"file": file, **fields})


def test_a_long_report_comes_over_with_everything_in_place(editor, campaign):
    answer = bring_in(editor, campaign, long_report())

    page = ReportPage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert page.get_parent().specific == campaign
    assert not page.live
    assert page.title == "Access to justice"
    kinds = [block.block_type for block in page.body]
    assert kinds == [
        "heading", "paragraph", "quote", "table", "picture", "paragraph", "picture", "heading", "table", "paragraph",
        "table", "picture",
    ]  # fmt: skip
    # Word's own order: 14 footnotes and 6 endnotes in one row, as they are met.
    notes = [note.text for note in page.footnotes.all()]
    assert notes[:9] == [
        "Footnote 1", "Endnote 1", "Footnote 2", "Footnote 3", "Footnote 4", "Endnote 2", "Footnote 5", "Endnote 3",
        "Footnote 6",
    ]  # fmt: skip
    assert len(notes) == len(set(notes)) == 20
    text = page.body[1].value.source
    assert "Plain, <b>bold</b> and <i>italic</i> &amp; &lt;odd&gt; [2]." in text
    assert '<a href="https://example.org/report">Our site</a> and a program' in text
    assert "<ul><li>First point [3]</li><li>Second point</li></ul>" in text
    assert "<h3>A smaller heading</h3><h3>A smaller one still</h3>" in text
    assert page.body[2].value["text"] == "Somebody said this [4]"
    laws = page.body[3].value
    assert laws["data"] == [["Place", "Law"], ["Norway", "Evicts [5] [6]"]]
    assert laws["table_caption"] == "Table of laws [7]"
    assert laws["first_row_is_table_header"]
    assert page.body[4].value["caption"] == "What is seen [8]"
    assert [page.body[place].value["alt_text"] for place in (4, 6, 11)] == ["A red triangle", "", "Another triangle"]
    assert [page.body[place].value["image"].width for place in (4, 6, 11)] == [160, 80, 60]


def test_what_is_missing_or_stayed_behind_is_said(editor, campaign):
    bring_in(editor, campaign, long_report())

    said = ReportPage.objects.get().still_to_do
    for sentence in (
        "Picture 2 has no text alternative in Word.",
        "Table 2 has no caption.",
        "Table 2: it has no header row in Word.",
        "A link that leads to a file or a program was taken out",
        "Paragraphs in Word's style “Fancy Box” came over as plain text.",
        "Headings below the second level",
    ):
        assert sentence in said
    assert "Picture 1 has no" not in said


def test_what_a_cell_cannot_hold_is_named_with_its_place(editor, campaign):
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph(run("Both"))}</w:tc>'
    rows = table(
        [bold("Year"), run("Won")],
        ["".join([run("In "), bold("1995")]), link("A case", "case")],
        [run("2016"), italic("A report")],
    ).replace("</w:tbl>", f"<w:tr>{wide}</w:tr></w:tbl>")

    bring_in(editor, campaign, docx(rows, links={"case": "https://example.org/case"}))

    page = ReportPage.objects.get()
    assert page.body[0].value["data"] == [["Year", "Won"], ["In 1995", "A case"], ["2016", "A report"], ["Both", ""]]
    for sentence in (
        "Table 1: merged cells were parted (row 4, column 1); the words stand in the first of them.",
        "Table 1: bold and italics became plain, since cells hold words alone (row 2, column 1; row 3, column 2).",
        "Table 1: the link of “A case” was taken out (row 2, column 2). It led to https://example.org/case: put that",
    ):
        assert sentence in page.still_to_do


def test_a_picture_without_alternative_keeps_it_from_being_published_in_any_way(editor, campaign):
    bring_in(editor, campaign, long_report())
    page = ReportPage.objects.get()

    with pytest.raises(ValidationError, match="Missing: 2"):
        page.get_latest_revision().publish()

    page = ReportPage.objects.get()
    page.body[6].value["alt_text"] = "A triangle"
    page.summary = "In short."
    page.save_revision().publish()
    assert len(re.findall(rb"/Subtype */Image", bytes(ReportDocument.objects.get(page=page).content))) == 3
    html = Client().get(page.url).content.decode()
    assert [int(number) for number in re.findall(r'id="ref-(\d+)"', html)] == list(range(1, 21))
    assert len(re.findall(r'class="footnotes__back"', html)) == 20


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("a.docx", b"not a document"), archive.NOT_WORD),
        (SimpleUploadedFile("a.doc", archive.OLD_WORD + b"\0" * 600), archive.OLD_OR_LOCKED),
        (docx("", more={"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), archive.UNSAFE),
        (docx("", more={"word/document.xml": b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>"}), archive.UNSAFE),
        (docx("", more={"customXml/a.xml": b"<a>" * 300 + b"</a>" * 300}), archive.UNSAFE),
        (docx("", more={"word/document.xml": b"<w:document"}), archive.BROKEN),
        (docx("", more={"word/document.xml": b"<x/>"}), archive.BROKEN),
        (docx("", more={"word/media/bomb.bin": b"\0" * (archive.LARGEST_UNPACKED + 1)}), archive.TOO_MUCH),
    ],
    ids=["no archive", "old Word", "entities", "outside entity", "nested", "cut off", "other XML", "bomb"],
)
def test_what_is_no_document_is_refused_in_a_sentence_and_leaves_nothing(editor, campaign, file, sentence):
    file.seek(0)

    answer = bring_in(editor, campaign, file, title="Kept as typed")

    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("&#x27;", "'")
    assert "Kept as typed" in answer.content.decode()
    assert not ReportPage.objects.exists()


def test_a_picture_that_cannot_be_read_is_left_out_and_said(editor, campaign):
    body = paragraph(run("Text")) + paragraph(word_picture(1, "Too wide")) + paragraph(word_picture(2, "Broken"))
    huge = png((4, 4)).replace((4).to_bytes(4, "big") * 2, (90_000).to_bytes(4, "big") * 2, 1)

    bring_in(editor, campaign, docx(body, pictures=[huge, b"no picture"]), title="Mine")

    page = ReportPage.objects.get()
    assert page.title == "Mine"
    assert [block.block_type for block in page.body] == ["paragraph"]
    assert "Picture 1 was left out." in page.still_to_do
    assert "Picture 2 was left out." in page.still_to_do
    assert not ParasolImage.objects.exists()


def test_only_those_who_may_add_a_report_there_are_shown_the_way_and_let_in(editor, campaign, client):
    url = reverse("word_import:upload", args=[campaign.pk])
    assert url in editor.get(reverse("wagtailadmin_explore", args=[campaign.pk])).content.decode()
    assert "Make a draft of it" in editor.get(url).content.decode()
    bring_in(editor, campaign, long_report())
    below_report = reverse("word_import:upload", args=[ReportPage.objects.get().pk])
    assert editor.get(below_report).status_code == 302

    stranger = Client()
    stranger.force_login(User.objects.create_user("stranger@example.org", "a long enough sentence"))
    assert stranger.post(url, {"file": long_report()}).status_code == 302
    assert ReportPage.objects.count() == 1
