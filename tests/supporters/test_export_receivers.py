"""Whom a file is for, and who is in it."""

import pyrage
import pytest

from tests.supporters.crowd_of_supporters import answers, person, stops
from tests.supporters.exports import data_officer, empty_disk, taken, unzipped, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_on_disk():
    empty_disk()


def test_file_for_one_receiver_is_locked_to_their_key():
    person("ada", name="Ada Example")
    receiver = pyrage.x25519.Identity.generate()

    locked = taken(written(age_recipient=str(receiver.to_public())))

    assert locked.startswith(b"age-encryption.org/v1")
    assert b"Ada Example" in unzipped(pyrage.decrypt(locked, [receiver]))["people.csv"]


def test_people_who_were_never_asked_go_only_where_somebody_asked_for_them():
    answers(person("yes"), "given")
    answers(person("no"), "withdrawn")
    stops(person("stopped"))
    person("silent")
    officer = data_officer()

    def everybody(files):
        return b"".join(files.values()).decode()

    usual = everybody(unzipped(taken(written(officer, preset="mailchimp"))))
    wide = everybody(unzipped(taken(written(officer, preset="mailchimp", with_never_asked=True))))

    assert all(f"person{who}@" in usual for who in ("yes", "no", "stopped"))
    assert "personsilent@" not in usual
    assert "personsilent@" in wide
