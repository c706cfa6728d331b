"""Mailchimp takes one file a status: subscribed, unsubscribed, cleaned."""

import pytest

from tests.supporters.importers import Mailchimp
from tests.supporters.preset_files import (
    AGREED,
    EVERYBODY,
    addresses,
    consent,
    files_of,
    headings,
    person,
    read,
)


def moved(people, **there):
    target = Mailchimp(**there)
    target.follow_readme(files_of("mailchimp", people=people))
    return target


def subscribed(row):
    (cells,) = read(files_of("mailchimp", people=[row])["3-subscribed"])
    return cells


def test_the_headings_are_its_field_names_and_the_address_is_the_first():
    files = files_of("mailchimp")

    assert headings(files["1-unsubscribed"]) == ["Email Address"]
    assert headings(files["2-cleaned"]) == ["Email Address"]
    assert headings(files["3-subscribed"])[:6] == [
        "Email Address",
        "First Name",
        "Last Name",
        "Phone",
        "Postcode",
        "Country",
    ]
    assert headings(files["3-subscribed"])[-1] == "Tags"


def test_a_subscriber_as_mailchimp_wants_them():
    cells = subscribed(person("ada@example.org"))

    assert cells["Phone"] == "+447700900123"
    assert cells["Postcode"] == "SW1A 1AA"
    assert cells["Country"] == "GB"
    assert cells["Agreed On"] == "2026-05-03"
    assert cells["Agreed To"] == "updates, version 3 (en), Example Campaign"
    assert cells["Tags"] == "Repeal the brothel-keeping law"


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, "Subscribed"),
        ({"updates": "withdrawn"}, "Unsubscribed"),
        ({"updates": None}, "Unsubscribed"),
        ({"suppressed": "asked"}, "Unsubscribed"),
        ({"suppressed": "complained"}, "Unsubscribed"),
        ({"suppressed": "blocked"}, "Unsubscribed"),
        ({"suppressed": "bounced"}, "Cleaned"),
        ({"suppressed": "bounced", "updates": None}, "Cleaned"),
        # Their own no outlives the day their mailbox works again.
        ({"suppressed": "bounced", "updates": "withdrawn"}, "Unsubscribed"),
    ],
)
def test_each_standing_has_its_status(values, status):
    assert moved([person(**values)]).status == {"ada@example.org": status}


def test_an_address_that_was_cleaned_here_is_not_mailed_though_it_was_subscribed_there():
    target = moved([person(suppressed="bounced")], mailed=frozenset({"ada@example.org"}))

    assert target.would_mail() == set()


def test_a_tag_with_a_comma_stays_one_tag():
    target = moved([person(taking_part="given", took_part=("Deiseb, nawr", 'Say "no"', "Plain"))])

    assert target.tags["ada@example.org"] == ["Agreed to invitations", "Deiseb, nawr", "Say 'no'", "Plain"]


def test_a_page_called_like_the_tag_lends_it_to_nobody():
    target = moved([person(took_part=("Agreed to invitations", "agreed to INVITATIONS"))])

    assert target.tags["ada@example.org"] == []


def test_tags_are_cut_at_a_hundred_characters_and_said_once():
    target = moved([person(took_part=("a" * 100 + "b", "a" * 100 + "c"))])

    assert target.tags["ada@example.org"] == ["a" * 100]


@pytest.mark.parametrize("letter", ["x", "Ż", "e\u0301", "🏳️\u200d🌈", "👩🏽\u200d🚀"])
@pytest.mark.parametrize("before", range(16))
def test_text_is_cut_at_255_bytes_and_never_inside_a_letter(letter, before):
    # Starting at every byte of a letter, so that the limit falls on every byte of one.
    cut = subscribed(person(name="x" * before + letter * 400))["First Name"]
    whole, odd = divmod(len(cut) - before, len(letter))

    assert cut == "x" * before + letter * whole
    assert odd == 0
    assert 255 - len(letter.encode()) < len(cut.encode()) <= 255


def test_a_british_postcode_is_in_no_zip_field():
    assert not [h for h in headings(files_of("mailchimp")["3-subscribed"]) if "zip" in h.lower() or "address" in h[1:]]


def test_who_agreed_to_invitations_alone_is_not_subscribed():
    target = moved([person(updates=None, taking_part="given")])

    assert target.would_mail() == set()


def test_a_withdrawn_invitation_leaves_the_updates_and_takes_the_tag():
    target = moved([person(consents={"updates": consent(), "taking_part": consent("withdrawn")})])

    assert target.would_mail() == {"ada@example.org"}
    assert "Agreed to invitations" not in target.tags["ada@example.org"]


def test_the_files_hold_between_them_everybody_once():
    files = files_of("mailchimp", people=EVERYBODY)
    told = [row["Email Address"].lower() for text in files.values() for row in read(text)]

    assert sorted(told) == sorted(addresses(EVERYBODY))
    assert {row["Email Address"].lower() for row in read(files["3-subscribed"])} == addresses(AGREED)
    assert {row["Email Address"] for row in read(files["2-cleaned"])} == {"bounced@example.org"}
