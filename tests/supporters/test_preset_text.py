"""Text that goes to other systems: one line, no formula, no half letters, and otherwise as it was typed."""

from datetime import datetime, timedelta, timezone

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from supporters.cells import safe_cell
from supporters.exports.presets.text import (
    clip,
    clip_bytes,
    country_name,
    day,
    locale,
    moment,
    phone_number,
    plain,
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ada Example",
        "O'Brien-Smith, Jr.",
        "Llŷr ap Siôn",
        "Ștefan Țurcanu",
        "e\u0301",
        'say "hello"',
        "(she) 1 = 1",
        "می\u200cخواهم",
        "5;6",
    ],
)
def test_ordinary_text_stays_as_it_was_typed(text):
    assert plain(text) == text


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("=1+1", "1+1"),
        ("  +44", "44"),
        ("@scarlet", "scarlet"),
        ("\u200b=x", "x"),
        ("＝x", "x"),
        ('"=x"', '"x"'),
        ("a;=b|-c", "a;b|c"),
        ("a\r\n\tb", "a b"),
        ("\u202eevil", "evil"),
        ("-", ""),
        ("'=1", "'1"),
        ("a\ud800b", "ab"),
    ],
)
def test_what_could_be_a_formula_or_another_line_is_taken_out(typed, sent):
    assert plain(typed) == sent


@given(st.text())
def test_nothing_plain_needs_a_guard_and_doing_it_twice_changes_nothing(text):
    once = plain(text)

    assert safe_cell(once) == once
    assert plain(once) == once


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_what_is_clipped_is_a_beginning_that_fits(text, limit):
    assert len(clip(text, limit)) <= limit
    assert text.startswith(clip(text, limit))
    sound = text.encode("utf-8", "ignore").decode()
    assert len(clip_bytes(sound, limit).encode()) <= limit
    assert sound.startswith(clip_bytes(sound, limit))


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("+44 7700 900123", "+447700900123"),
        ("020 7946 0018", "02079460018"),
        ("(020) 7946-0018", "02079460018"),
        ("", ""),
        ("=1+1", "1+1"),
        ("+1;=2", "1;2"),
        ("020 7946 0018 ext. 3", "020 7946 0018 ext. 3"),
    ],
)
def test_a_phone_number_is_digits_and_never_a_sum(typed, sent):
    assert phone_number(typed) == sent


def test_countries_have_english_names_whatever_the_worker_speaks():
    with translation.override("ro"):
        assert [country_name(code) for code in ("GB", "US", "RO", "ZZ", "")] == [
            "United Kingdom",
            "United States",
            "Romania",
            "ZZ",
            "",
        ]


def test_languages_are_locales_and_an_unknown_one_is_left_open():
    assert [locale(code) for code in ("en", "cy", "pt-br", "xx", "")] == ["en_GB", "cy_GB", "pt_PT", "", ""]


def test_times_are_in_utc():
    at = datetime(2026, 5, 3, 0, 30, tzinfo=timezone(timedelta(hours=1)))

    assert day(at) == "2026-05-02"
    assert moment(at) == "2026-05-02 23:30:00"
    assert day(None) == moment(None) == ""
