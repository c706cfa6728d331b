"""One encrypted value: what was locked comes out again, and nothing else ever does."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from supporters.crypto.envelope import NONCE_BYTES, TamperedValue, cell_name, key_id_of, key_id_prefix, seal, unseal
from supporters.crypto.keyring import Keyring, MissingKey, generate_keyring, new_keyring

KEYRING = new_keyring()
CELL = cell_name("supporters_supporter", "email", "6f1c")

names = st.text(st.characters(categories=["Ll", "Nd"]), min_size=1, max_size=12)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_what_was_locked_comes_out_again(text):
    assert unseal(seal(text, cell=CELL, keyring=KEYRING), cell=CELL, keyring=KEYRING) == text


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40), data=st.data())
def test_any_flipped_bit_is_noticed(text, data):
    envelope = bytearray(seal(text, cell=CELL, keyring=KEYRING))
    bit = data.draw(st.integers(0, len(envelope) * 8 - 1))
    envelope[bit // 8] ^= 1 << bit % 8

    with pytest.raises((TamperedValue, MissingKey)):
        unseal(bytes(envelope), cell=CELL, keyring=KEYRING)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40), data=st.data())
def test_any_missing_piece_is_noticed(text, data):
    envelope = seal(text, cell=CELL, keyring=KEYRING)
    length = data.draw(st.integers(0, len(envelope) - 1))

    with pytest.raises((TamperedValue, MissingKey)):
        unseal(envelope[:length], cell=CELL, keyring=KEYRING)


@given(noise=st.binary(max_size=80))
def test_noise_is_never_taken_for_a_value(noise):
    with pytest.raises((TamperedValue, MissingKey)):
        unseal(noise, cell=CELL, keyring=KEYRING)


@given(here=st.tuples(names, names, names), there=st.tuples(names, names, names))
def test_value_does_not_open_in_another_row_column_or_table(here, there):
    assume(here != there)
    envelope = seal("ada@example.org", cell=cell_name(*here), keyring=KEYRING)

    with pytest.raises(TamperedValue):
        unseal(envelope, cell=cell_name(*there), keyring=KEYRING)


def test_same_text_is_locked_differently_every_time():
    envelopes = {seal("ada@example.org", cell=CELL, keyring=KEYRING) for _ in range(100)}

    assert len(envelopes) == 100
    nonces = {envelope[4 : 4 + NONCE_BYTES] for envelope in envelopes}
    assert len(nonces) == 100


def test_key_that_is_not_in_the_keyring_fails_loudly():
    envelope = seal("ada@example.org", cell=CELL, keyring=KEYRING.with_new_key())

    with pytest.raises(MissingKey, match="k2"):
        unseal(envelope, cell=CELL, keyring=KEYRING)


def test_another_key_of_the_same_name_does_not_open():
    envelope = seal("ada@example.org", cell=CELL, keyring=KEYRING)

    with pytest.raises(TamperedValue):
        unseal(envelope, cell=CELL, keyring=new_keyring())


def test_old_values_open_after_a_new_key_came_in():
    envelope = seal("ada@example.org", cell=CELL, keyring=KEYRING)
    newer = KEYRING.with_new_key().with_new_key()

    assert unseal(envelope, cell=CELL, keyring=newer) == "ada@example.org"
    assert key_id_of(seal("", cell=CELL, keyring=newer)) == "k3"


def test_prefix_tells_k1_from_k10():
    ten = KEYRING
    while ten.current != "k10":
        ten = ten.with_new_key()

    assert seal("", cell=CELL, keyring=ten).startswith(key_id_prefix("k10"))
    assert not seal("", cell=CELL, keyring=ten).startswith(key_id_prefix("k1"))


def test_keyring_survives_being_written_down():
    assert Keyring.parse(KEYRING.dump()) == KEYRING


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"current": "k1", "encryption": {}, "index": ""}',
        '{"current": "k1", "encryption": {"k1": "c2hvcnQ="}, "index": "c2hvcnQ="}',
        KEYRING.dump().replace('"current": "k1"', '"current": "k9"'),
        KEYRING.dump().replace('"k1"', '"a-name-that-is-far-too-long"'),
    ],
)
def test_keyring_that_is_not_valid_stops_the_start_without_showing_a_key(text):
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured) as caught:
        Keyring.parse(text)
    secrets = KEYRING.dump().split('"')[9:]
    assert not any(len(secret) > 20 and secret in str(caught.value) for secret in secrets)


def test_generated_keyring_is_for_its_owner_only_and_never_overwritten(tmp_path):
    path = tmp_path / "keys" / "keyring.json"

    assert generate_keyring(path) is True
    first = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert generate_keyring(path) is False
    assert path.read_text() == first
