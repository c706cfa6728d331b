"""Facts lead to their sources and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.footnote_links import link_footnotes
from home.models import CampaignFootnote
from tests.factories.petitions import CampaignPageFactory


def test_a_marker_becomes_a_link_behind_its_word() -> None:
    html, referred = link_footnotes("<p>People stay silent [1].</p>", 1)
    assert html == (
        '<p>People stay silent<sup class="ref"><a href="#note-1" id="ref-1" aria-label="Footnote 1">1</a></sup>.</p>'
    )
    assert referred == {1}


def test_only_the_first_reference_is_where_the_footnote_leads_back_to() -> None:
    html, _ = link_footnotes("<p>One [2], two [2], three [1].</p>", 2)
    assert html.count('id="ref-2"') == 1
    assert html.count('href="#note-2"') == 2


@pytest.mark.parametrize("text", ["[3]", "[0]", "[x]", "[]", "[1", "[1234]"])
def test_what_names_no_footnote_stays_as_typed(text: str) -> None:
    assert link_footnotes(f"<p>Word {text}</p>", 2) == (f"<p>Word {text}</p>", frozenset())


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/x">see [1]</a>',
        '<img alt="a [1] b">',
        "<code>list[1]</code>",
        '<p title="[1]">x</p>',
        "<svg><title>[1]</title></svg>",
    ],
)
def test_links_attributes_and_code_are_left_alone(html: str) -> None:
    assert link_footnotes(html, 1)[0] == html


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<br>", "<b class='a>b'>", "&amp;", "&lt;script&gt;", "&#39;", "é", "[", "]", "1 ", '"']
        )
    )
)
def test_everything_but_markers_comes_out_as_it_went_in(pieces: list[str]) -> None:
    html = "".join(pieces).replace("[1 ]", "")
    assert link_footnotes(html, 9)[0] == html


@pytest.mark.django_db
def test_a_page_links_its_text_to_its_sources_and_back(client) -> None:
    page = CampaignPageFactory(
        body=[
            ("paragraph", "<p>People stay silent [1].</p>"),
            ("figure", {"number": "36%", "explanation": "had a bad experience [2]", "source": ""}),
        ]
    )
    page.footnotes = [
        CampaignFootnote(text="Undeserving Victims?, 2020", url="https://example.org/report", sort_order=0),
        CampaignFootnote(text="Why Report?, 2021", sort_order=1),
        CampaignFootnote(text="Never mentioned", sort_order=2),
    ]
    page.save()
    html = client.get(page.url).content.decode()
    for expected in (
        'id="ref-1"',
        'href="#note-1"',
        'id="note-1"',
        'href="#ref-2"',
        'href="https://example.org/report"',
    ):
        assert expected in html
    assert 'href="#ref-3"' not in html
