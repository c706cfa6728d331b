"""Asking postcodes.io: only where it is allowed, only by the worker, and with whatever it answers."""

import json
import logging
import time
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from mp_contacts import tasks
from mp_contacts.clients.json_source import SourceFailed
from mp_contacts.clients.postcodes_io import DEADLINE_S, READ_S, TRIES, seat_by_postcodes_io
from mp_contacts.models import LetterSettings, PostcodeQuestion
from mp_contacts.postcode_questions import answer_question, forget_questions
from mp_contacts.services.asking import MOST_WAITING, ask_about
from tests.factories.mp_contacts import ConstituencyFactory
from tests.mp_contacts.syncs import planned
from tests.mp_contacts.web_service import Answer

SEAT = "E14001465"
PATH = "/postcodes/ZA1 1AA"
State = PostcodeQuestion.State


def found(**codes):
    return Answer({"status": 200, "result": {"postcode": "ZA1 1AA", "codes": codes}})


def no(text, **more):
    return Answer({"status": 404, "error": text, **more}, status=404)


@pytest.fixture
def allowed(db):
    settings = LetterSettings.load()
    settings.asks_postcodes_io = True
    settings.save()
    return settings


@pytest.mark.parametrize(
    ("answer", "seat"),
    [
        (found(parliamentary_constituency_2024=SEAT, parliamentary_constituency="E14000001"), SEAT),
        (found(parliamentary_constituency=SEAT), SEAT),
        (found(parliamentary_constituency_2024=None, parliamentary_constituency=SEAT), SEAT),
        (found(parliamentary_constituency_2024="L99999999"), ""),
        (found(parliamentary_constituency_2024="X00000001"), ""),
        (found(), ""),
        (no("Invalid postcode"), ""),
        (no("Postcode not found"), ""),
        (no("Postcode not found", terminated={"postcode": "ZA1 1AA", "year_terminated": 1996}), ""),
    ],
)
def test_every_answer_of_the_service_is_understood(service, answer, seat):
    service.answers[PATH] = [answer]

    assert seat_by_postcodes_io("ZA1 1AA") == seat
    assert service.calls == [PATH]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"", status=500),
        Answer(b"", status=429, headers={"Retry-After": "600"}),
        Answer(b"", status=429),
        Answer(b"", status=302, headers={"Location": "https://elsewhere.example/"}),
        Answer(b"<html>"),
        Answer({"status": 200, "result": None}),
        Answer({"status": 200, "result": {"codes": []}}),
        Answer([]),
        Answer(b" " * 3_000_000),
        Answer({}, after_s=0.5),
    ],
)
def test_failures_are_soon_one_sentence_without_the_postcode(service, answer):
    service.answers[PATH] = [answer]
    waits = []

    with pytest.raises(SourceFailed) as failure:
        seat_by_postcodes_io("ZA1 1AA", read_s=0.1, wait=waits.append)

    assert "ZA1" not in str(failure.value)
    assert failure.value.__suppress_context__ or failure.value.__context__ is None
    assert len(service.calls) <= 2
    assert READ_S * TRIES + sum(waits) <= DEADLINE_S


def test_passing_trouble_is_asked_again_once(service):
    service.answers[PATH] = [Answer(b"", status=502), found(parliamentary_constituency_2024=SEAT)]

    assert seat_by_postcodes_io("ZA1 1AA", wait=lambda _s: None) == SEAT


def test_an_answer_that_drips_ends_soon(service):
    service.answers[PATH] = [Answer(b" " * 20_000, drip_s=0.01)]
    began = time.monotonic()

    with pytest.raises(SourceFailed, match="took too long altogether"):
        seat_by_postcodes_io("ZA1 1AA", deadline_s=0.3)

    assert time.monotonic() - began < 3


def test_recorded_answers_are_understood(service, shared):
    files = {
        "lookup_BR87RE_200.json": (200, "E14001465"),
        "lookup_404_terminated.json": (404, ""),
        "lookup_404_not_found.json": (404, ""),
        "invalid_postcode_404.json": (404, ""),
    }
    for name, (status, seat) in files.items():
        if path := shared(f"api/postcodesio/{name}"):
            service.answers[PATH] = [Answer(json.loads(path.read_text()), status=status)]
            assert seat_by_postcodes_io("ZA1 1AA") == seat


@pytest.mark.django_db
def test_nothing_is_stored_or_asked_while_it_is_off(service):
    assert ask_about("SW1A 1AA") is None
    assert not PostcodeQuestion.objects.exists()
    assert not planned("mp_contacts.answer_question")


@pytest.mark.parametrize("text", ["", "nonsense", "SW1A", "SW1A 1AA\0", "../postcodes", "x" * 100_000, "\ud800"])
def test_what_is_no_postcode_is_never_sent_out(allowed, service, text):
    assert ask_about(text) is None
    assert not PostcodeQuestion.objects.exists()


def test_visitor_waits_for_nobody_and_the_job_knows_a_number_alone(allowed, service):
    service.answers["/postcodes/SW1A 1AA"] = [found(parliamentary_constituency_2024=SEAT)]

    question = ask_about("sw1a1aa")

    assert service.calls == []
    assert question.state == State.ASKING
    (job,) = planned("mp_contacts.answer_question")
    assert job.args == {"question_id": str(question.pk)}
    stored = PostcodeQuestion.objects.extra(select={"raw": "postcode"}).get().raw
    assert b"SW1A" not in bytes(stored)


def test_worker_asks_and_writes_down_the_seat(allowed, service):
    ConstituencyFactory(code=SEAT)
    service.answers["/postcodes/SW1A 1AA"] = [found(parliamentary_constituency_2024=SEAT)]
    question = ask_about("SW1A 1AA")

    tasks.answer(question_id=str(question.pk))
    tasks.answer(question_id=str(question.pk))  # a job may run twice

    question.refresh_from_db()
    assert (question.state, question.constituency_code, question.postcode) == (State.FOUND, SEAT, "")
    assert len(service.calls) == 1


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (found(parliamentary_constituency_2024="E14009999"), State.UNKNOWN),  # no seat of ours
        (no("Postcode not found"), State.UNKNOWN),
        (Answer(b"", status=403), State.FAILED),
    ],
)
def test_worker_writes_down_that_there_is_no_seat(allowed, service, caplog, answer, state):
    service.answers["/postcodes/SW1A 1AA"] = [answer]
    question = ask_about("SW1A 1AA")

    with caplog.at_level(logging.DEBUG):
        answer_question(question.pk)

    question.refresh_from_db()
    assert (question.state, question.constituency_code, question.postcode) == (state, "", "")
    assert "SW1A" not in caplog.text


def test_while_the_service_is_down_the_worker_waits_once_and_not_for_everybody(allowed, service):
    service.answers["/postcodes/SW1A 1AA"] = [Answer(b"", status=403)]
    first, second = ask_about("SW1A 1AA"), ask_about("SW1A 1AA")

    answer_question(first.pk)
    answer_question(second.pk)

    assert len(service.calls) == 1
    assert [question.pk for question in PostcodeQuestion.objects.filter(state=State.FAILED)] == [first.pk]
    assert not PostcodeQuestion.objects.filter(pk=second.pk).exists()
    # A minute later it is asked again, whoever was turned away meanwhile.
    PostcodeQuestion.objects.update(asked_at=timezone.now() - timedelta(seconds=61))
    answer_question(ask_about("SW1A 1AA").pk)
    assert len(service.calls) == 2


def test_switched_off_meanwhile_nothing_leaves(allowed, service):
    question = ask_about("SW1A 1AA")
    allowed.asks_postcodes_io = False
    allowed.save()

    answer_question(question.pk)

    question.refresh_from_db()
    assert question.state == State.FAILED
    assert service.calls == []


def test_question_nobody_waits_for_any_more_is_not_asked(allowed, service):
    question = ask_about("SW1A 1AA")
    PostcodeQuestion.objects.update(asked_at=timezone.now() - timedelta(minutes=3))

    answer_question(question.pk)
    answer_question(uuid.uuid4())

    question.refresh_from_db()
    assert question.state == State.FAILED
    assert service.calls == []


def test_two_people_who_ask_about_one_postcode_ask_twice(allowed, service):
    assert ask_about("SW1A 1AA").pk != ask_about("SW1A 1AA").pk


def test_nobody_can_have_us_flood_the_service(allowed, service):
    asked = [ask_about("SW1A 1AA") for _ in range(MOST_WAITING + 1)]

    assert asked[-1] is None
    assert all(asked[:-1])
    PostcodeQuestion.objects.update(state=State.FAILED)
    assert ask_about("SW1A 1AA") is not None


def test_questions_are_forgotten_after_an_hour(allowed, service):
    old, young = ask_about("SW1A 1AA"), ask_about("SW1A 1AA")
    PostcodeQuestion.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(minutes=61))
    PostcodeQuestion.objects.filter(pk=young.pk).update(asked_at=timezone.now() - timedelta(minutes=59))

    assert forget_questions() == 1
    assert list(PostcodeQuestion.objects.all()) == [young]
