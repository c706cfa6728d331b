"""The measure of one's own words is kind, steady and quick."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mp_contacts.own_words import own_percent
from tests.factories.mp_contacts import DRAFT

DRAFT_WORDS = st.sampled_from(
    ["law", "report", "violence", "people", "please", "raise", "street", "safe", "heard", "never"]
)
OWN_WORDS = st.sampled_from(["grandmother", "teashop", "bicycle", "lantern", "quarry", "snowfall", "rabbit"])
drafts = st.lists(DRAFT_WORDS, min_size=3, max_size=40)


def test_the_draft_as_it_was_is_nothing_of_ones_own():
    assert own_percent(DRAFT, DRAFT) == 0


@pytest.mark.parametrize(
    "text",
    [
        f"Dear Jo Example,\n\n{DRAFT}\n\nYours sincerely,\nAda Example\n1 Lantern Street\nHarrowmere",
        f"Annwyl Jo Example,\r\n\r\n{DRAFT}\r\n\r\nYr eiddoch yn gywir,\r\nAda",
        DRAFT.upper().replace(" ", "  \n"),
        DRAFT.replace(".", " – !"),
        f"{DRAFT}\n\nKind regards\nAda",
        f"{DRAFT} {DRAFT}",
    ],
)
def test_politeness_space_and_punctuation_do_not_count(text):
    assert own_percent(text, DRAFT) == 0


def test_paragraphs_in_another_order_are_still_the_drafts():
    first, second = DRAFT.split(". ")

    assert own_percent(f"{second} {first}.", DRAFT) == 0


def test_a_letter_of_ones_own_is_all_ones_own():
    assert own_percent("I am a nurse here. My neighbours are afraid to ring you.", DRAFT) == 100


def test_what_is_said_after_the_regards_counts():
    more = "\n".join(["My neighbour was turned away when she needed help the most, twice."] * 3)

    assert own_percent(f"{DRAFT}\n\nKind regards\n{more}", DRAFT) > 50


@pytest.mark.parametrize("empty", ["", "  \n", "Dear Jo,", "… — !", "Dear Jo,\n\nYours sincerely,\nAda"])
def test_nothing_is_not_ones_own(empty):
    assert own_percent(empty, DRAFT) == 0


def test_where_there_is_no_draft_every_word_is_ones_own():
    assert own_percent("Hello there", "") == 100


def test_one_word_of_ones_own_is_seen_in_a_long_letter():
    long_draft = " ".join(f"word{number}" for number in range(500))

    assert own_percent(f"{long_draft} teashop", long_draft) == 1


@given(words=drafts, at=st.lists(st.tuples(st.integers(0, 80), OWN_WORDS), max_size=25))
def test_words_of_ones_own_never_make_it_less(words, at):
    draft = " ".join(words)
    letter = list(words)
    percents = [own_percent(draft, draft)]
    for place, word in at:
        letter.insert(min(place, len(letter)), word)
        percents.append(own_percent(" ".join(letter), draft))

    assert percents[0] == 0
    assert percents == sorted(percents)
    assert all(percent > 0 for percent in percents[1:])


@given(words=drafts, own=st.lists(OWN_WORDS, min_size=1, max_size=30))
def test_a_text_that_shares_no_word_is_all_ones_own(words, own):
    assert own_percent(" ".join(own), " ".join(words)) == 100


@given(text=st.text(st.characters(), max_size=400), draft=st.text(st.characters(), max_size=400))
def test_any_text_has_a_measure(text, draft):
    assert 0 <= own_percent(text, draft) <= 100
    assert own_percent(draft, draft) == 0


@pytest.mark.parametrize(
    ("text", "most_ms"),
    [
        ("lantern street " * 667, 20),
        ("a " * 5_000, 20),
        ("yours\n" * 1_667, 20),
        ("\N{COMBINING ACUTE ACCENT}" * 10_000, 20),
        ("x" * 1_000_000, 100),
        ("\x00\ud800 " * 300_000, 100),
    ],
)
def test_no_text_takes_long(text, most_ms):
    # The best of three: what else the machine does meanwhile is not the measure's fault.
    spent = []
    for _ in range(3):
        began = time.process_time()
        own_percent(text, text)
        spent.append((time.process_time() - began) * 1_000)

    assert min(spent) < most_ms
