"""CiviCRM takes contacts whose flags say no, and activities that say when and to what words."""

import pytest

from tests.supporters.importers import CiviCRM
from tests.supporters.preset_files import (
    EVERYBODY,
    SAID_NO,
    action,
    answer,
    files_of,
    headings,
    person,
    read,
)


def contact(row):
    (cells,) = read(files_of("civicrm", people=[row])["1-contacts"])
    return cells


def test_the_headings_are_the_labels_that_civicrm_matches_by_itself():
    files = files_of("civicrm")

    assert headings(files["1-contacts"]) == [
        "External Identifier",
        "First Name",
        "Last Name",
        "Email",
        "Phone",
        "Postal Code",
        "Country",
        "Preferred Language",
        "Contact Source",
        "No Bulk Emails (User Opt Out)",
        "Do Not Email",
        "Do Not Phone",
        "Do Not Sms",
        "Do Not Mail",
        "Do Not Trade",
    ]
    activity = ["External Identifier", "Activity Type Label", "Subject", "Activity Date", "Details"]
    assert headings(files["2-activities"]) == activity
    assert headings(files["3-consents"]) == activity


def test_a_contact_as_civicrm_wants_it():
    cells = contact(person("welsh@example.org", name="Llŷr ap Siôn", language="cy"))

    assert cells["First Name"] == "Llŷr ap"
    assert cells["Last Name"] == "Siôn"
    assert cells["Email"] == "welsh@example.org"
    assert cells["Phone"] == "+447700900123"
    assert cells["Postal Code"] == "SW1A 1AA"
    assert cells["Country"] == "United Kingdom"
    assert cells["Preferred Language"] == "cy_GB"
    assert cells["Contact Source"] == "newsletter-may"


@pytest.mark.parametrize("suppressed", ["complained", "bounced", "blocked"])
def test_an_address_that_takes_no_mail_at_all_carries_both_flags(suppressed):
    cells = contact(person(suppressed=suppressed))

    assert (cells["No Bulk Emails (User Opt Out)"], cells["Do Not Email"]) == ("1", "1")


@pytest.mark.parametrize("values", [{"updates": "withdrawn"}, {"suppressed": "asked"}, {"updates": None}])
def test_whoever_did_not_agree_gets_no_bulk_mail(values):
    cells = contact(person(**values))

    assert (cells["No Bulk Emails (User Opt Out)"], cells["Do Not Email"]) == ("1", "")


def test_no_flag_is_ever_taken_away_by_a_zero():
    for row in read(files_of("civicrm", people=EVERYBODY)["1-contacts"]):
        assert row["No Bulk Emails (User Opt Out)"] in {"1", ""}
        assert row["Do Not Email"] in {"1", ""}
        # Nobody was asked about calls, texts and letters, or about handing their details on.
        assert {row[f"Do Not {way}"] for way in ("Phone", "Sms", "Mail", "Trade")} == {"1"}


def test_what_was_done_becomes_an_activity_of_a_contact_that_exists():
    ada = person()
    target = CiviCRM()
    files = files_of("civicrm", people=[ada], actions=[action(ada)])
    target.import_contacts(files["1-contacts"])
    target.import_activities(files["2-activities"], types={"Campaign site: signature"})

    assert target.refused == []
    assert target.activities == [
        {
            "External Identifier": ada.external_id,
            "Activity Type Label": "Campaign site: signature",
            "Subject": "Repeal the brothel-keeping law",
            "Activity Date": "2026-05-03 10:00:00",
            "Details": "",
        }
    ]


def test_what_was_never_confirmed_or_was_taken_back_is_no_activity():
    ada = person()
    actions = [action(ada, state="pending", confirmed_at=None), action(ada, state="withdrawn")]

    assert read(files_of("civicrm", actions=actions)["2-activities"]) == []


def test_each_wording_is_an_activity_type_of_its_own():
    ada = person()
    consents = [
        answer(ada),
        answer(ada, choice="withdrawn"),
        answer(ada, text_version=4),
        answer(ada, text_language="ro"),
        answer(ada, purpose="taking_part"),
        answer(ada, controller="Another Group"),
    ]

    rows = read(files_of("civicrm", consents=consents)["3-consents"])

    assert [row["Activity Type Label"] for row in rows] == [
        "Consent to updates: version 3 (en), Example Campaign",
        "Consent to updates: version 3 (en), Example Campaign",
        "Consent to updates: version 4 (en), Example Campaign",
        "Consent to updates: version 3 (ro), Example Campaign",
        "Consent to taking part: version 3 (en), Example Campaign",
        "Consent to updates: version 3 (en), Another Group",
    ]
    assert [row["Subject"] for row in rows[:2]] == ["Given (web form)", "Withdrawn (web form)"]
    assert rows[0]["Details"] == "Write to me about this campaign. I can stop it at any time."


def test_the_proof_goes_with_the_words():
    row = answer(person(), wording="Write to me.", note="paper list of 3 May")

    (cells,) = read(files_of("civicrm", consents=[row])["3-consents"])

    assert cells["Details"] == "Write to me. (paper list of 3 May)"


def test_a_link_tag_writes_no_html_into_civicrm():
    row = action(person(), source="<script>alert(1)</script>")

    (cells,) = read(files_of("civicrm", actions=[row])["2-activities"])

    assert cells["Details"] == "Came by &lt;script&gt;alert(1)&lt;/script&gt;."


def test_an_activity_of_somebody_who_is_not_in_the_file_is_refused_by_civicrm():
    target = CiviCRM()
    files = files_of("civicrm", people=[person()], actions=[action(person("other@example.org"))])
    target.follow_readme(files)

    assert len(target.refused) == 1


def test_a_contact_that_civicrm_knows_by_address_is_not_made_twice():
    target = CiviCRM(mailed=frozenset({"withdrew@example.org"}))
    target.follow_readme(files_of("civicrm", people=SAID_NO))

    assert len([c for c in target.contacts if c["Email"] == "withdrew@example.org"]) == 1


@pytest.mark.parametrize("length", [63, 64, 65, 200])
def test_a_long_name_is_cut_where_civicrm_would(length):
    cells = contact(person(name=f"{'é' * length} {'ñ' * length}"))

    assert cells["First Name"] == "é" * min(length, 64)
    assert cells["Last Name"] == "ñ" * min(length, 64)
