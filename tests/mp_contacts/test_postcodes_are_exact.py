"""Every postcode that was put in is found with its seat, and no other one ever is."""

from array import array

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mp_contacts.postcodes.files import ContradictoryPostcode, DamagedDirectory, Directory, DirectoryBuilder
from mp_contacts.postcodes.parts import INWARD, INWARD_LETTERS
from mp_contacts.postcodes.unknown import WhyUnknown, why_unknown

outwards = st.from_regex(r"([A-Z]{1,2}[0-9][0-9A-Z]?|GIR)", fullmatch=True)
inwards = st.sampled_from(sorted(INWARD))
postcodes = st.tuples(outwards, inwards)
# Few outward codes, so that many postcodes share one and its edges are looked at.
neighbours = st.tuples(st.sampled_from(["A1", "A10", "A1A", "ZA1", "ZZ99", "GIR"]), inwards)
seats = st.integers(min_value=0, max_value=699).map("E14{:06}".format)


def directory_of(pairs):
    builder = DirectoryBuilder()
    assert all(builder.add(postcode, seat) for postcode, seat in pairs)
    content, count = builder.content()
    return Directory(content), content, count


@given(
    held=st.dictionaries(postcodes | neighbours, seats, max_size=200),
    others=st.lists(postcodes | neighbours, max_size=100),
)
@example(held={}, others=[("SW1A", "1AA")])
@example(held={("GIR", "0AA"): "E14000001", ("BF1", "0AA"): "E14000002"}, others=[("A1", "0AA"), ("ZZ9Z", "9ZZ")])
def test_all_of_a_directory_is_found_and_nothing_else(held, others):
    directory, _, count = directory_of((f"{outward} {inward}", seat) for (outward, inward), seat in held.items())

    assert count == len(held)
    for (outward, inward), seat in held.items():
        assert directory.seat_of(f"{outward}{inward}") == seat
    for other in set(others) - set(held):
        assert directory.seat_of(" ".join(other)) == ""


@given(st.text(max_size=12) | st.text(alphabet="SW1A ao0\x00\ud800İß", max_size=12))
def test_whatever_is_typed_is_answered(text):
    directory, _, _ = directory_of([("SW1A 1AA", "E14001530")])

    is_it = "".join(text.split()).upper() == "SW1A1AA" and text.isascii()
    assert directory.seat_of(text) == ("E14001530" if is_it else "")
    assert why_unknown(text) in WhyUnknown


@pytest.mark.parametrize("typed", ["SW1A 1AA", "sw1a1aa", " Sw1A  1aA ", "SW1A\t1AA\n"])
def test_case_and_spacing_do_not_matter(typed):
    directory, _, _ = directory_of([("sw1a1aa", "E14001530")])

    assert directory.seat_of(typed) == "E14001530"


@pytest.mark.parametrize(
    "typed", ["", "SW1A", "1AA", "SW1A 1A", "SW1A 1AAA", "SW1A 1CA", "SＷ1A 1AA", "SW1A 1AA" * 9_999]
)
def test_what_is_nearly_a_known_postcode_has_no_seat(typed):
    directory, _, _ = directory_of([("SW1A 1AA", "E14001530")])

    assert directory.seat_of(typed) == ""


@pytest.mark.parametrize("postcode", ["SW1A", "12345", "SW1A 1CA", "1AA", "ABCD1 1AA", "S 1AA", ""])
def test_what_is_no_postcode_is_not_taken(postcode):
    assert not DirectoryBuilder().add(postcode, "E14001530")


def test_a_postcode_said_twice_counts_once():
    _, _, count = directory_of([("SW1A 1AA", "E14001530"), ("sw1a1aa", "E14001530")])

    assert count == 1


def test_a_postcode_with_two_seats_is_an_error_in_words():
    builder = DirectoryBuilder()
    builder.add("SW1A 1AA", "E14001530")
    builder.add("SW1A 1AA", "E14001172")

    with pytest.raises(ContradictoryPostcode, match=r"^SW1A 1AA is said to lie both in E14001530 and in E14001172\.$"):
        builder.content()


@given(st.data())
def test_no_spoilt_byte_and_no_missing_end_goes_unnoticed(data):
    _, content, _ = directory_of([("SW1A 1AA", "E14001530"), ("M1 1AE", "E14001350"), ("M1 1AB", "E14001350")])
    # The last bytes of the header are filling, and say nothing.
    place = data.draw(st.integers(0, len(content) - 1).filter(lambda place: not 56 <= place < 64))
    spoilt = bytearray(content)
    spoilt[place] ^= 1 << data.draw(st.integers(0, 7))

    for damaged in (bytes(spoilt), content[:place], content + b"\0"):
        with pytest.raises(DamagedDirectory):
            Directory(damaged)


def test_a_directory_takes_less_than_five_bytes_a_postcode():
    builder = DirectoryBuilder()
    number = 0
    for letter in INWARD_LETTERS:
        for district in range(1, 6):
            for inward in sorted(INWARD)[::4]:
                builder.add(f"{letter}{district} {inward}", f"E14{number % 650:06}")
                number += 1
    content, count = builder.content()

    assert count == 100_000
    assert len(content) / count < 5
    assert array("I").itemsize == 4, "what the builder holds a postcode in"


@pytest.mark.parametrize(
    ("postcode", "why"),
    [
        ("nonsense", WhyUnknown.NOT_A_POSTCODE),
        ("BT1 1AA", WhyUnknown.NORTHERN_IRELAND),
        ("JE2 4WD", WhyUnknown.CROWN_DEPENDENCY),
        ("im1 1ag", WhyUnknown.CROWN_DEPENDENCY),
        ("GY1 1AA", WhyUnknown.CROWN_DEPENDENCY),
        ("BF1 0AA", WhyUnknown.OVERSEAS),
        ("BFPO 58", WhyUnknown.OVERSEAS),
        ("FIQQ 1ZZ", WhyUnknown.OVERSEAS),
        ("GX11 1AA", WhyUnknown.OVERSEAS),
        ("ZZ99 9ZZ", WhyUnknown.UNKNOWN),
        ("GIR 0AA", WhyUnknown.UNKNOWN),
    ],
)
def test_it_is_said_why_a_postcode_has_no_seat(postcode, why):
    assert why_unknown(postcode) == why
