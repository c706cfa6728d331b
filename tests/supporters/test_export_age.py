"""Files for one receiver alone."""

import os
import shutil
import subprocess
import threading

import pyrage
import pytest

from supporters.exports.formats.age import WrongRecipient, check_recipient, encrypted

PLAIN = [os.urandom(size) for size in (1, 70_000, 3, 200_000)]


def test_only_the_receiver_can_open_it():
    ours, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    locked = b"".join(encrypted(PLAIN, recipient=str(ours.to_public())))

    assert pyrage.decrypt(locked, [ours]) == b"".join(PLAIN)
    assert PLAIN[1] not in locked
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(locked, [other])


def test_the_age_tool_opens_it(tmp_path):
    if not shutil.which("age"):
        if os.environ.get("REQUIRE_JOURNEYS") == "1":
            pytest.fail("The age tool is missing: apt-get install age.")
        pytest.skip("the age tool is not installed")
    secret = pyrage.x25519.Identity.generate()
    (tmp_path / "key").write_text(f"{secret}\n")
    (tmp_path / "file.age").write_bytes(b"".join(encrypted(PLAIN, recipient=str(secret.to_public()))))

    opened = subprocess.run(
        ["age", "--decrypt", "-i", tmp_path / "key", tmp_path / "file.age"], capture_output=True, check=True
    )

    assert opened.stdout == b"".join(PLAIN)


def test_empty_pieces_do_not_end_it():
    secret = pyrage.x25519.Identity.generate()

    assert pyrage.decrypt(b"".join(encrypted([b"a", b"", b"b"], recipient=str(secret.to_public()))), [secret]) == b"ab"


def test_what_is_broken_off_leaves_no_thread_behind():
    before = threading.active_count()
    pieces = encrypted(([b"x" * 100_000] * 1_000), recipient=str(pyrage.x25519.Identity.generate().to_public()))
    next(pieces)
    pieces.close()

    assert threading.active_count() == before


def test_error_in_the_middle_reaches_whoever_reads_and_leaves_no_thread_behind():
    def broken():
        yield b"x" * 100_000
        raise RuntimeError

    before = threading.active_count()
    with pytest.raises(RuntimeError):
        list(encrypted(broken(), recipient=str(pyrage.x25519.Identity.generate().to_public())))
    assert threading.active_count() == before


@pytest.mark.parametrize("text", ["", "age1", "ada@example.org", "AGE-SECRET-KEY-1QQQ", "ssh-ed25519 AAAA"])
def test_what_is_no_public_key_is_refused_in_words(text):
    with pytest.raises(WrongRecipient, match="public key"):
        check_recipient(text)
