"""A long report: what a reader finds on its page and in its PDF."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from home.charts import bars, line, rows_from
from home.contents import with_anchors
from home.exports.report_pieces import KINDS, Printer
from home.models import ReportAuthor, ReportDocument, ReportFootnote, ReportPage
from home.report_blocks import ChartBlock, ReportBodyBlock
from home.report_documents import set_report_in_type
from tests.factories.petitions import CampaignPageFactory

EVERYWHERE = [
    ("heading", "What we found [5]"),
    (
        "paragraph",
        "<p>Said twice [1], and <b>once more</b> [1].</p><h3>A part</h3><ul><li>One<ul><li>In it</li></ul></li></ul>",
    ),
    ("quote", {"text": "I stayed silent [4]", "attribution": "Marta", "is_invented": True}),
    (
        "table",
        {
            "data": [["Place", "Law [2]"], ["Norway", "Evicts [3]"]],
            "table_caption": "Laws [6]",
            "table_header_choice": "both",
            "first_row_is_table_header": True,
            "first_col_is_header": True,
        },
    ),
    (
        "chart",
        {
            "kind": "line",
            "title": "Reports [7]",
            "description": "It rises.",
            "unit": "",
            "rows": [{"label": "2019", "number": "2"}, {"label": "2020", "number": "1200.5"}],
            "source": "Us [8]",
        },
    ),
    ("figure", {"number": "36%", "explanation": "called it bad [3]", "source": ""}),
    ("facts", {"title": "What we found", "facts": ["<p>A fact [9]</p>"]}),
]  # fmt: skip
IN_ORDER = [5, 1, 4, 6, 2, 3, 7, 8, 9]


def publish(**fields) -> ReportPage:
    page = ReportPage(
        **{
            "title": "Safe to report",
            "summary": "In short.\n\nAnd <more>.",
            "published_on": date(2026, 3, 1),
            "body": EVERYWHERE,
            **fields,
        }
    )
    page.authors = [ReportAuthor(name="Ilinca M.", about="a name she chose", sort_order=0)]
    page.footnotes = [ReportFootnote(text=f"Source {number}.", sort_order=number) for number in range(1, 11)]
    CampaignPageFactory().add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def report(db) -> ReportPage:
    return publish()


def test_footnotes_are_numbered_as_they_are_met_wherever_they_stand(report, client):
    html = client.get(report.url).content.decode()

    assert [int(number) for number in re.findall(r'id="ref-(\d+)"', html)] == list(range(1, 10))
    listed = re.findall(r"Source (\d+)\.", html)
    assert [int(number) for number in listed] == [*IN_ORDER, 10]
    assert 'href="#ref-9"' in html
    assert 'href="#ref-10"' not in html
    assert not re.search(r"\[\d", html)


def test_page_and_pdf_number_them_alike(report):
    printer = Printer(number_of_notes=10, origin="", words={"source": "Source:", "invented": "Invented"})
    printer.pieces(report.body)

    assert printer.notes.referred == IN_ORDER


def test_the_contents_lead_to_each_heading(report, client):
    html = client.get(report.url).content.decode()

    contents = re.findall(r'<a href="#(part-[^"]+)">([^<]+)</a>', html)
    assert contents == [
        ("part-what-we-found", "What we found"),
        ("part-a-part", "A part"),
        ("part-what-we-found-2", "What we found"),
    ]
    assert all(html.count(f'id="{anchor}"') == 1 for anchor, _ in contents)


def test_headings_without_words_or_with_a_place_of_their_own_are_left_alone():
    html = '<h2 id="mine">Mine</h2><h3></h3><h2>“”</h2><h2>A &amp; B</h2>'
    anchored, entries = with_anchors(html)

    assert [entry.text for entry in entries] == ["“”", "A & B"]
    assert anchored.startswith('<h2 id="mine">Mine</h2><h3></h3><h2 id="part">')


def test_a_reader_is_told_who_when_how_long_and_how_to_cite(report, client):
    html = client.get(report.url).content.decode()

    for told in (
        "Ilinca M., a name she chose",
        "Published 1 March 2026",
        "1 minute to read",
        "And &lt;more&gt;.",
        f"Ilinca M. (2026). ‘Safe to report’. Parasol. {report.full_url}",
        "An invented voice",
    ):
        assert told in html


def test_a_table_has_a_name_headers_and_can_be_scrolled_by_keyboard(report, client):
    html = client.get(report.url).content.decode()

    assert 'role="region" aria-label="Laws" tabindex="0"' in html
    assert '<th scope="col">Place</th>' in html
    assert '<th scope="row">Norway</th>' in html


def test_a_chart_is_told_in_words_and_as_a_table(report, client):
    html = client.get(report.url).content.decode()
    svg = re.search(r"<svg class=\"chart__drawing\".*?</svg>", html, re.DOTALL)[0]

    assert "<desc" in svg
    assert "It rises." in svg
    assert '<title id="chart-' in svg
    assert svg.count("<circle") == 2
    assert '<th scope="row">2020</th><td>1,200.5</td>' in html
    assert " style=" not in html
    assert re.findall(r"<script[^>]*>", html) == ['<script type="module" src="/static/js/share.js">']


def test_bars_keep_to_their_share_and_a_line_to_its_ground():
    rows = rows_from([("All", Decimal(1000)), ("Half", Decimal(500)), ("None", Decimal(0))], "%")

    drawn, height = bars(rows)
    assert [bar.width for bar in drawn] == [76, 38, 0]
    assert height > drawn[-1].y
    assert [row.shown for row in rows] == ["1,000%", "500%", "0%"]
    assert [point.y for point in line(rows)] == [40, 130, 220]
    assert bars(rows_from([("Nothing", Decimal(0))], ""))[0][0].width == 0


def test_a_line_with_more_than_fits_is_refused_in_words():
    block = ChartBlock()
    rows = [{"label": f"The year {2000 + number}", "number": 1} for number in range(3)]
    value = block.normalize(
        {"kind": "line", "title": "T", "description": "D", "unit": "", "rows": rows, "source": "Us"}
    )
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert "Draw bars" in str(refused.value.block_errors["kind"])


def test_the_published_report_has_a_pdf_whose_size_is_told(report, client):
    document = ReportDocument.objects.get()
    answer = client.get(f"{report.url}pdf/")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert len(answer.content) == document.size
    assert b"/StructTreeRoot" in answer.content
    assert answer["Cache-Control"].startswith("public")
    page = client.get(report.url).content.decode()
    assert f'href="{report.url}pdf/"' in page
    assert "Read it as a PDF (" in page


def test_no_draft_and_nothing_closed_gives_its_pdf(report, client):
    report.title = "A change nobody has seen"
    report.save_revision()
    assert ReportDocument.objects.get().content == client.get(f"{report.url}pdf/").content

    closed = PageViewRestriction.objects.create(page=report, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"{report.url}pdf/").status_code == 302
    closed.delete()
    report.unpublish()
    assert client.get(f"{report.url}pdf/").status_code == 404


def test_a_report_that_cannot_be_set_is_published_without_a_pdf(report, client, monkeypatch, tmp_path):
    broken = tmp_path / "broken.typ"
    broken.write_text("#no-such-thing()")
    monkeypatch.setattr("home.exports.reports.TEMPLATE", broken)

    assert set_report_in_type(page=report) is None
    assert "as a PDF" not in client.get(report.url).content.decode()
    assert client.get(f"{report.url}pdf/").status_code == 404


def test_whatever_can_be_written_can_be_printed(db):
    assert set(KINDS) == set(ReportBodyBlock().child_blocks)
    odd = "Odd \N{PILE OF POO} #let x = 1 $a$ \\ *b* [12] \u202e<b>"
    publish(
        title=odd,
        summary=odd,
        body=[("heading", odd), ("quote", {"text": odd, "attribution": "", "is_invented": False})],
    )
    assert ReportDocument.objects.get().size > 1000


def test_a_report_is_not_updated_before_it_is_published(db):
    with pytest.raises(ValidationError, match="cannot be updated before"):
        publish(updated_on=date(2026, 2, 1))
