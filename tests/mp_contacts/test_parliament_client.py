"""Reading Parliament's list from a service that answers well, badly, late, or not at all."""

import gzip
import json
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from mp_contacts.clients.json_source import LONGEST_ANSWER, SourceBusy, SourceFailed, seconds_until
from mp_contacts.clients.parliament import Parliament, office_address
from tests.mp_contacts.parliament_answers import contact, list_members, member, page_path
from tests.mp_contacts.web_service import Answer

NOW = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def waits():
    """The pauses that were made, in seconds; none takes any time."""
    return []


def parliament(waits, **options):
    return Parliament(wait=waits.append, **options)


def read(service, waits, number=0, **options):
    with parliament(waits, **options) as source:
        return source.page(number)


def trouble(service, waits, **options):
    with pytest.raises(SourceFailed) as failure:
        read(service, waits, **options)
    return str(failure.value)


def test_a_page_tells_of_each_member_what_we_keep(service, waits):
    list_members(service, [member(7, seat="Harrowmere", name="Zoë Quill", seat_id=4321)])

    page = read(service, waits)

    assert page.total == 1
    assert page.people[0].as_json() == {
        "name": "Zoë Quill",
        "party": "Garden Party",
        "parliament_id": 7,
        "seat": "",
        "seat_name": "Harrowmere",
        "seat_parliament_id": 4321,
        "sort_name": "Quill, Zoë",
        "address_name": "Rt Hon Zoë Quill MP",
        "email": "member7@parliament.example",
        "started_on": "2019-12-12",
    }


def test_one_hand_asks_for_twenty_at_a_time_with_a_pause_after_each_question(service, waits):
    list_members(service, [member(number, seat=f"Seat {number}") for number in range(1, 26)])

    first, second = read(service, waits, 0), read(service, waits, 1)

    assert (len(first.people), len(second.people), second.total) == (20, 5, 25)
    assert [call for call in service.calls if "Search" in call] == [page_path(0), page_path(1)]
    assert len(service.calls) == 27
    assert waits == [pytest.approx(0.4)] * 25  # none before the first question of each reading


@pytest.mark.parametrize(
    ("office", "local", "taken"),
    [
        ("jo@parliament.uk", "home@parliament.uk", "jo@parliament.uk"),
        ("jo@jo.example", None, "jo@jo.example"),
        (None, "jo@parliament.uk", "jo@parliament.uk"),
        ("", "jo@hers.parliament.uk", "jo@hers.parliament.uk"),
        (None, "jo@home.example", ""),
        (None, "jo@notparliament.uk", ""),
        ("No email found", None, ""),
        ("a@parliament.uk, b@parliament.uk", None, ""),
        ("jo@parliament.uk\r\nBcc: all@example.org", None, ""),
        ("Jo <jo@parliament.uk>", None, ""),
        ("jo@parliament.uk?subject=x", None, ""),
        (f"{'j' * 250}@parliament.uk", None, ""),
        (17, None, ""),
    ],
)
def test_only_one_plain_address_of_the_office_is_taken(office, local, taken):
    assert office_address(contact(office, local_email=local)["value"]) == taken


def test_nothing_of_the_local_office_but_an_address_is_ever_kept(service, waits):
    list_members(service, [member(7, seat="Harrowmere")])
    service.answers["/Members/7/Contact"] = [Answer(contact(None, local_email="jo@home.example"))]

    kept = json.dumps(read(service, waits).people[0].as_json())

    assert "Private Home Lane" not in kept
    assert "home.example" not in kept


def test_member_without_contact_page_says_nothing_of_an_address(service, waits):
    list_members(service, [member(7, seat="Harrowmere")], with_contacts=False)

    assert read(service, waits).people[0].email is None


def test_member_whose_contacts_are_not_said_says_nothing_of_an_address(service, waits):
    list_members(service, [member(7, seat="Harrowmere")])
    service.answers["/Members/7/Contact"] = [Answer({"value": None})]

    assert read(service, waits).people[0].email is None


def test_trouble_over_there_is_asked_again_with_growing_gaps(service, waits):
    list_members(service, [])
    service.answers[page_path(0)][:0] = [Answer(b"", status=500), Answer(b"", status=502), Answer(b"", status=504)]

    assert read(service, waits, pause_s=0).total == 0
    assert waits == [1.0, 2.0, 4.0]


def test_trouble_that_stays_is_given_up(service, waits):
    service.answers[page_path(0)] = [Answer(b"", status=500)]

    assert trouble(service, waits) == "Parliament's service has trouble of its own (status 500)."
    assert len(service.calls) == 4


def test_short_wait_is_honoured(service, waits):
    list_members(service, [])
    service.answers[page_path(0)].insert(0, Answer(b"", status=429, headers={"Retry-After": "17"}))

    read(service, waits, pause_s=0)

    assert waits == [17.0]


def test_long_wait_is_left_to_another_time(service, waits):
    service.answers[page_path(0)] = [Answer(b"", status=429, headers={"Retry-After": "3123"})]

    with pytest.raises(SourceBusy) as busy:
        read(service, waits)

    assert busy.value.wait_s == 3123
    assert str(busy.value) == "Parliament's service asks to be left alone for 52 minutes."
    assert len(service.calls) == 1
    assert waits == []


def test_long_wait_given_as_a_date_is_understood(service, waits):
    date = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    service.answers[page_path(0)] = [Answer(b"", status=503, headers={"Retry-After": date})]

    with pytest.raises(SourceBusy) as busy:
        read(service, waits)

    assert 7190 < busy.value.wait_s <= 7200


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("Wed, 01 Jul 2026 12:01:30 GMT", 90),
        ("Wed, 01 Jul 2026 11:00:00 GMT", 0),
        ("99999999999999999999", 10**8),
        ("", None),
        ("-3", None),
        ("soon", None),
        ("१२", None),
    ],
)
def test_both_ways_to_say_when(header, seconds):
    assert seconds_until(header, now=NOW) == seconds


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer(b"<html>Sorry</html>"), "sent something that is not JSON"),
        (Answer(b"[" * 100_000), "sent something that is not JSON"),
        (Answer(b'{"items": [{"val'), "sent something that is not JSON"),
        (Answer([]), "of a shape we do not know"),
        (Answer({"items": [], "totalResults": "many"}), "of a shape we do not know"),
        (Answer({"items": [{"value": None}], "totalResults": 1}), "of a shape we do not know"),
        (Answer({"items": [{"value": {"id": 7}}], "totalResults": 1}), "of a shape we do not know"),
        (Answer({"items": [{"value": member(7, seat="A") | {"id": "7"}}], "totalResults": 1}), "of a shape we do not"),
        (Answer({"items": [{"value": member(7, seat="A", party="")}], "totalResults": 1}), "of a shape we do not know"),
        (Answer(b"", status=302, headers={"Location": "https://elsewhere.example/"}), "lead us elsewhere"),
        (Answer(b"", status=403), "refused the question (status 403)"),
        (Answer({"error": "gone"}, status=404), "no list of members where it used to be"),
        (Answer(b" " * (LONGEST_ANSWER + 1)), "far too long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_makes_no_sense_is_one_clear_sentence_and_not_asked_twice(service, waits, answer, sentence):
    service.answers[page_path(0)] = [answer]

    said = trouble(service, waits)

    assert sentence in said
    assert said.endswith(".")
    assert "\n" not in said
    assert len(service.calls) == 1


def test_no_redirect_is_followed_even_on_the_same_host(service, waits):
    service.answers[page_path(0)] = [Answer(b"", status=301, headers={"Location": "/elsewhere"})]

    trouble(service, waits)

    assert "/elsewhere" not in service.calls


def test_silence_ends_at_the_time_out(service, waits):
    service.answers[page_path(0)] = [Answer({}, after_s=3)]
    began = time.monotonic()

    assert trouble(service, waits, read_s=0.1) == "Parliament's service did not answer in time."
    assert time.monotonic() - began < 2


def test_an_answer_that_drips_ends_at_the_deadline(service, waits):
    service.answers[page_path(0)] = [Answer(b"[" + b" " * 60_000, drip_s=0.002)]
    began = time.monotonic()

    # Each byte comes well within the time-out for one.
    assert trouble(service, waits, read_s=5, deadline_s=0.3) == "Parliament's service took too long altogether."
    assert time.monotonic() - began < 5


def test_an_answer_that_breaks_off_is_asked_for_again(service, waits):
    list_members(service, [])
    service.answers[page_path(0)].insert(0, Answer(b'{"items"', headers={"X": "1"}, claims=500))

    assert read(service, waits).total == 0


def test_a_packed_answer_is_unpacked_and_still_measured(service, waits):
    list_members(service, [])
    whole = service.answers[page_path(0)][0].content
    service.answers[page_path(0)] = [Answer(gzip.compress(whole), headers={"Content-Encoding": "gzip"})]
    assert read(service, waits).total == 0

    bomb = gzip.compress(b" " * 50_000_000)
    assert len(bomb) < LONGEST_ANSWER
    service.answers[page_path(0)] = [Answer(bomb, headers={"Content-Encoding": "gzip"})]
    assert "far too long" in trouble(service, waits)


def test_no_wait_goes_beyond_the_deadline(service, waits):
    service.answers[page_path(0)] = [Answer(b"", status=429, headers={"Retry-After": "50"})]

    assert trouble(service, waits, deadline_s=30) == "Parliament's service took too long altogether."
    assert waits == []


def test_nobody_there_is_said_without_the_address(service, waits, settings):
    settings.MEMBERS_API = "http://127.0.0.1:9"

    assert trouble(service, waits) == "Parliament's service could not be reached, or broke off."
    assert len(waits) > 3


def test_recorded_answers_are_understood(service, waits, shared):
    recorded, offices = shared("api/members/member_172_200.json"), shared("api/members/contact_two_offices_200.json")
    if recorded and offices:
        value = json.loads(recorded.read_text())["value"]
        service.answers[page_path(0)] = [Answer({"items": [{"value": value}], "totalResults": 1})]
        service.answers[f"/Members/{value['id']}/Contact"] = [Answer(json.loads(offices.read_text()))]

        (person,) = read(service, waits).people

        assert person.parliament_id == 172
        assert person.name == " ".join(value["nameDisplayAs"].split()[1:])
        assert person.sort_name.count(",") == 1
        assert person.seat_parliament_id == 4074
        assert person.party == "Independent"
        assert person.email == json.loads(offices.read_text())["value"][0]["email"]
