"""Telephone numbers in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporters.identity import phone_key
from supporters.phones import normalise_phone


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "07700 900123",
            "07700-900.123",
            "(07700) 900 123",
            "+447700900123",
            "+44 (0)7700 900123",
            "0044 7700 900123",
        ),
        *(
            "447700900123",
            "7700900123",
            "０７７００ ９００１２３",
            "\u202a+44 7700 900123\u202c",
            "07700–900123",
            "+44 7700/900123",
        ),
    ],
)
def test_one_number_has_one_form_and_one_key(typed):
    assert normalise_phone(typed) == "+447700900123"
    assert phone_key(normalise_phone(typed)) == phone_key("+447700900123")


def test_number_from_abroad_keeps_its_country():
    assert normalise_phone("+40 (0) 700 123 456") == "+40700123456"
    assert normalise_phone("0040 700 123 456") == "+40700123456"


@pytest.mark.parametrize(
    "typed", ["", "12", "Ana", "07700 900123 ext 5", "+0123456789", "+1234567890123456", "5551234567", "07700900123+"]
)
def test_what_is_no_number_gets_a_sentence(typed):
    with pytest.raises(ValueError, match=r"Enter a telephone number like .*\."):
        normalise_phone(typed)


@given(st.text(st.sampled_from("+0123456789 ()-./x")))
def test_form_is_stable(typed):
    try:
        phone = normalise_phone(typed)
    except ValueError:
        return
    assert normalise_phone(phone) == phone
