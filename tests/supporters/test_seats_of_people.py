"""Once a directory is stored, people and what they did have the seat of their postcode, older records too."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from mp_contacts.postcodes import store_directory
from petitions.models import Signature
from petitions.selectors import signing_terms
from petitions.services import confirm_signature, withdraw_signature
from petitions.services.signing import SignatureDraft, sign_petition
from supporters import locating, long_jobs
from supporters.locating import fill_in_seats
from supporters.long_jobs import Interrupted
from supporters.models import PrivacyMode, Supporter
from supporters.privacy.changing import correct_details
from supporters.services.people import remember_supporter
from tests.factories.mp_contacts import make_letter
from tests.factories.petitions import PetitionPageFactory
from tests.supporters.import_files import applied, csv_bytes

SEAT, OTHER = "X00000001", "X00000002"

pytestmark = pytest.mark.django_db


def store(**seats):
    return store_directory(
        edition="demo", pairs=[(postcode.replace("_", " "), code) for postcode, code in seats.items()]
    )


def sign(petition, address="ada@example.org", postcode="ZA1 1AA"):
    draft = SignatureDraft(
        terms=signing_terms(petition.pk), email=address, network="192.0.2.0/24", name="Ada", postcode=postcode
    )
    sign_petition(draft)
    return Signature.objects.get(pk=draft.id)


def seats_of_people():
    return dict(Supporter.objects.values_list("source", "constituency_code"))


def person(number, postcode, code=""):
    made = remember_supporter(address=f"p{number}@example.org", postcode=postcode, source=str(number))
    Supporter.objects.filter(pk=made.pk).update(constituency_code=code)
    return made


def test_a_signature_and_the_person_behind_it_get_their_seat():
    store(ZA1_1AA=SEAT)
    signature = sign(PetitionPageFactory())
    assert signature.constituency_code == SEAT
    confirm_signature(signature.pk)

    assert Supporter.objects.get().constituency_code == SEAT


def test_an_unknown_postcode_gets_no_seat():
    store(ZA1_1AA=SEAT)

    assert sign(PetitionPageFactory(), postcode="ZA9 9ZZ").constituency_code == ""


def test_a_withdrawn_signature_has_no_seat():
    store(ZA1_1AA=SEAT)
    signature = sign(PetitionPageFactory())
    confirm_signature(signature.pk)
    withdraw_signature(signature.pk)

    signature.refresh_from_db()
    assert signature.constituency_code == ""


def test_a_count_only_petition_keeps_no_seat_once_confirmed():
    store(ZA1_1AA=SEAT)
    signature = sign(PetitionPageFactory(privacy_mode=PrivacyMode.COUNT))
    confirm_signature(signature.pk)

    signature.refresh_from_db()
    assert signature.constituency_code == ""


def test_a_corrected_postcode_brings_its_seat_or_none():
    store(ZA1_1AA=SEAT, ZA2_2BB=OTHER)
    remember_supporter(address="ada@example.org", postcode="ZA1 1AA")
    rest = {"address": "ada@example.org", "name": "", "phone": "", "country": "GB", "language": "en"}

    for postcode, seat in [("za22bb", OTHER), ("ZA9 9ZZ", ""), ("ZA1 1AA", SEAT), ("", "")]:
        correct_details(**rest, postcode=postcode)
        assert Supporter.objects.get().constituency_code == seat


def test_a_new_edition_plans_the_filling_in_once():
    store(ZA1_1AA=SEAT)
    store(ZA1_1AA=OTHER)

    jobs = ProcrastinateJob.objects.filter(task_name="supporters.fill_in_seats")
    assert [(job.queue_name, job.args) for job in jobs] == [(long_jobs.LONG_JOBS, {})]


def test_older_records_are_filled_in_and_the_rest_is_left():
    petition = PetitionPageFactory()
    signature = sign(petition)
    person(1, "ZA1 1AA")
    person(2, "za2 2bb", code=SEAT)
    person(3, "ZA9 9ZZ", code="E14001530")
    person(4, "")
    store(ZA1_1AA=SEAT, ZA2_2BB=OTHER)

    assert fill_in_seats() is None
    assert seats_of_people() == {"1": SEAT, "2": OTHER, "3": "E14001530", "4": ""}
    signature.refresh_from_db()
    assert signature.constituency_code == SEAT


def test_a_letter_keeps_the_seat_it_was_written_for():
    letter = make_letter(postcode="ZA1 1AA")
    written_for = letter.constituency_code
    store(ZA1_1AA="X99000001")
    fill_in_seats()

    letter.refresh_from_db()
    assert letter.constituency_code == written_for != "X99000001"


def test_it_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(locating, "BATCH", 2)
    sign(PetitionPageFactory())
    for number in range(5):
        person(number, "ZA1 1AA")
    store(ZA1_1AA=SEAT)

    slices, place = 0, locating.START
    while place is not None:
        place = fill_in_seats(place, seconds=0)
        slices += 1
    assert slices > 3
    assert set(seats_of_people().values()) == {SEAT}
    assert Signature.objects.get().constituency_code == SEAT


def test_interrupted_it_keeps_what_is_done_and_can_start_anew(monkeypatch):
    monkeypatch.setattr(locating, "BATCH", 2)
    for number in range(5):
        person(number, "ZA1 1AA")
    store(ZA1_1AA=SEAT)
    long_jobs.interrupt_long_jobs()
    try:
        with pytest.raises(Interrupted):
            fill_in_seats()
    finally:
        long_jobs._stopping.clear()
    assert sorted(seats_of_people().values()) == ["", "", "", SEAT, SEAT]

    fill_in_seats()
    assert set(seats_of_people().values()) == {SEAT}


def test_records_that_are_right_already_are_not_written(django_assert_num_queries):
    person(1, "ZA1 1AA", code=SEAT)
    store(ZA1_1AA=SEAT)
    fill_in_seats()
    # Two reads of people (a batch, and that there is no other), one of signatures; each within a savepoint here.
    with django_assert_num_queries(3 * 3):
        fill_in_seats()


@pytest.mark.parametrize(
    ("held", "postcode", "seat"),
    [
        ("", "ZA2 2BB", OTHER),
        ("", "ZA9 9ZZ", SEAT),
        ("ZA1 1AA", "ZA2 2BB", OTHER),
        ("ZA1 1AA", "ZA9 9ZZ", ""),
        ("ZA1 1AA", "", SEAT),
    ],
    ids=["found", "not found, and none before", "another", "another that is not found", "left blank"],
)
def test_a_seat_goes_with_the_postcode_it_was_found_by_when_a_file_brings_another(held, postcode, seat):
    store(ZA1_1AA=SEAT, ZA2_2BB=OTHER)
    remember_supporter(address="ada@example.org", postcode=held, constituency_code=SEAT)
    mapping = {"0": {"part": "email", "update": False}, "1": {"part": "postcode", "update": True}}

    applied(csv_bytes([["email", "c1"], ["ada@example.org", postcode]]), mapping=mapping)

    assert Supporter.objects.get().constituency_code == seat
