"""Which letters an organiser looks at first, and which leave by themselves."""

import pytest

from mp_contacts.fingerprints import fingerprint_of, hashes_in, likeness
from mp_contacts.holding import FLOOD_OF, FROM_ONE_MAILBOX, reasons_to_hold, sites_in
from mp_contacts.models import HoldReason, Letter, LetterStage
from mp_contacts.threats import may_threaten
from supporters.seats import register_seats
from tests.factories.mp_contacts import DRAFT, LetterPageFactory, MemberFactory, make_letter
from tests.mp_contacts.letters import OWN_WORDS, confirmed, letter_draft, written

SEATS = {"ZA11AA": "X00000001", "ZB11BB": "X00000002"}


@pytest.fixture
def page(db):
    return LetterPageFactory()


@pytest.fixture
def seats(monkeypatch):
    monkeypatch.setattr("supporters.seats._finders", [])
    monkeypatch.setattr("supporters.seats._namers", [])
    register_seats(find=lambda postcode: SEATS.get("".join(postcode.split()).upper(), ""), name=str)


THREATENING = [
    "I will kill you.",
    "We are going to burn your house down.",
    "I\u2019ll find out where you sleep. I know where you live.",
    "Somebody should shoot you.",
    "You deserve to be hanged for this vote.",
    "I hope you die.",
    "Watch your back.",
    "There is a bomb under your office, a bomb under you.",
]
SUFFERED = [
    "He said he would kill me if I told anybody.",
    "He told me: I will kill you and nobody will ask where you went.",
    "My ex-husband texted me every night, I know where you live, and the police did nothing.",
    '"I will kill you," he said, and I believed him.',
    "I was raped, and the man who raped me lives two streets away.",
    "Women are killed by men they left, every week of the year.",
    "I was threatened with a knife and told you will regret this.",
    "If the law does not change, people will die. Will you act before the next funeral?",
    "I want you to know what it is like to be strangled and then asked what you wore.",
    "He beat me, he burned my passport, he hurt my children. I urge you to vote for the amendment.",
    "I hope you will fight for us and not let this bill be killed in the Lords.",
    "My solicitor warned me that my status could be used against me. You must be aware of this.",
    DRAFT,
    OWN_WORDS,
]


@pytest.mark.parametrize("text", THREATENING)
def test_a_threat_is_looked_at_first(text):
    assert may_threaten(text)
    assert may_threaten(f"Dear Jo Example,\n\n{text.upper()}\n\nYours")


@pytest.mark.parametrize("text", SUFFERED)
def test_telling_of_violence_is_no_threat(text):
    assert not may_threaten(text)


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("see https://example.net/a?b=c.", {"example.net"}),
        ("see www.Example.com, please", {"www.example.com"}),
        ("see bit.ly/abc", {"bit.ly"}),
        ("http://192.0.2.7/x", {"192.0.2.7"}),
        ("https://www.gov.uk@evil.example/login", {"evil.example"}),
        ("write to me at ada@example.org", set()),
        ("e.g. on 3.5.2026 at 10.30, i.e. yesterday...Then", set()),
    ],
)
def test_links_are_found_however_they_are_written(text, sites):
    assert sites_in(text) == sites


@pytest.mark.parametrize(
    ("text", "is_held"),
    [
        ("Hansard has it: https://hansard.parliament.uk/commons/2026", False),
        ("as www.gov.uk/guidance says", False),
        ("as notgov.uk says", True),
        ("https://gov.uk.example.com/", True),
    ],
)
def test_links_are_held_but_for_what_letters_on_the_law_point_at(page, text, is_held):
    letter = written(letter_draft(page, body=f"Dear Jo,\n\n{OWN_WORDS} {text}"))

    assert reasons_to_hold(letter) == [HoldReason.LINKS] * is_held


@pytest.mark.django_db
def test_what_the_page_itself_points_at_is_not_held():
    page = LetterPageFactory(drafts="Read https://example.net/report and act.")

    assert reasons_to_hold(written(letter_draft(page, body="Read https://example.net/report and act."))) == []


# Long enough that what is sampled of it tells the same whatever the page's key.
LONG_WORDS = f"{OWN_WORDS} " + " ".join(
    f"On the {ordinal} day I asked again, and the {office} told me to wait for somebody who was away."
    for ordinal, office in [
        ("first", "clerk"),
        ("second", "station"),
        ("ninth", "council"),
        ("twelfth", "court"),
        ("thirtieth", "housing office"),
    ]
)


def nearly(which: int) -> str:
    return f"Dear Jo,\n\n{DRAFT}\n\n{LONG_WORDS} Number {which}.\n\nYours sincerely,\nPerson {which}"


def fill(page, member, number: int, body) -> None:
    for which in range(number):
        text = body(which)
        make_letter(
            page,
            member,
            email=f"person{which}@example.org",
            body=text,
            fingerprint=fingerprint_of(text, page_id=page.pk),
        )


@pytest.mark.parametrize(("others", "is_held"), [(FLOOD_OF - 1, False), (FLOOD_OF, True)])
def test_many_letters_nearly_the_same_are_a_flood(page, others, is_held):
    member = MemberFactory()
    fill(page, member, others, nearly)

    letter = written(letter_draft(page, member, body=nearly(99).upper()))

    assert reasons_to_hold(letter) == [HoldReason.FLOOD] * is_held


def test_the_unchanged_draft_is_no_flood(page):
    member = MemberFactory()
    fill(page, member, FLOOD_OF + 5, lambda which: f"Dear Jo,\n\n{DRAFT}\n\nYours sincerely,\nPerson {which}")

    letter = written(letter_draft(page, member, body=f"Dear Jo,\n\n{DRAFT}\n\nYours sincerely,\nAda"))

    assert bytes(letter.fingerprint or b"") == b""
    assert reasons_to_hold(letter) == []


def test_the_same_words_on_another_page_are_not_compared(page):
    fill(page, MemberFactory(), FLOOD_OF, nearly)

    letter = written(letter_draft(LetterPageFactory(), body=nearly(1)))

    assert reasons_to_hold(letter) == []
    first = Letter.objects.exclude(pk=letter.pk).first()
    assert not hashes_in(bytes(letter.fingerprint)) & hashes_in(bytes(first.fingerprint))


def test_two_people_who_write_for_themselves_have_little_in_common(page):
    other = "My daughter is fourteen. She takes the bus home alone, and I count the minutes until I hear her key."
    mine, theirs = (hashes_in(fingerprint_of(text, page_id=page.pk)) for text in (OWN_WORDS, other))

    assert likeness(mine, mine) == 1.0
    assert likeness(mine, theirs) < 0.1


def test_aliases_of_one_mailbox_are_a_flood(page):
    for which in range(FROM_ONE_MAILBOX):
        letter = confirmed(letter_draft(page, email=f"ada+{which}@example.org"))
        assert HoldReason.FLOOD not in letter.hold_reasons

    letter = confirmed(letter_draft(page, email="ada+more@example.org"))

    assert letter.hold_reasons == [HoldReason.FLOOD]
    assert letter.stage == LetterStage.HELD


def test_who_wrote_to_another_seat_is_looked_at(page):
    first = confirmed(letter_draft(page))
    second = confirmed(letter_draft(page))

    assert first.stage == LetterStage.QUEUED
    assert second.hold_reasons == [HoldReason.OTHER_SEAT]


@pytest.mark.parametrize(
    ("typed", "is_held"),
    [
        ({}, False),
        ({"address": "1 Lantern Street\nHarrowmere\nZA1 1AA"}, False),
        ({"address": "1 Lantern Street\nHarrowmere\nzb11bb"}, True),
        ({"address": "1 Lantern Street\nHarrowmere\nZC1 1CC"}, False),
        ({"postcode": "ZB1 1BB", "seat_from_list": True}, True),
    ],
)
def test_a_postcode_in_another_seat_is_looked_at(page, seats, typed, is_held):
    member = MemberFactory(constituency__code="X00000001")

    letter = written(letter_draft(page, member, **typed))

    assert reasons_to_hold(letter) == [HoldReason.OTHER_POSTCODE] * is_held


@pytest.mark.parametrize("address", ["jo.example.mp@parliament.example", "JO.example.mp+x@parliament.example"])
def test_a_letter_from_the_member_is_looked_at(page, address):
    member = MemberFactory(email="jo.example.mp@parliament.example")

    assert reasons_to_hold(written(letter_draft(page, member, email=address))) == [HoldReason.FROM_THE_MEMBER]
