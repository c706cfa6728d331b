"""A held letter is read by somebody, and leaves or goes back to its writer."""

import time
import uuid
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from mp_contacts.mail_kinds import REFUSED_MAIL
from mp_contacts.models import Letter, LetterStage
from mp_contacts.services import moderating, withdraw_letter
from mp_contacts.services.moderating import refuse_letter, release_letter
from supporters.models import AuditEntry, Message
from tests.at_once import at_once
from tests.factories.mp_contacts import LetterPageFactory, MemberFactory, make_letter
from tests.petitions.organisers import colleague

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

QUEUE = "held_letters:index"
TEXT = "Where I live it matters"
WHY = "It threatens somebody."


@pytest.fixture
def moderator(client):
    client.force_login(colleague("moderate_letters"))
    return client


@pytest.fixture
def page():
    return LetterPageFactory(title="Safe to report")


def held(page, **values):
    return make_letter(page, stage=LetterStage.HELD, **values)


def press(client, verb, *letters, reason="", **more):
    data = {"verb": verb, "one": [str(letter.pk) for letter in letters], "reason": reason, **more}
    return client.post(reverse(QUEUE), data, follow=True)


def stage_of(letter):
    return Letter.objects.values_list("stage", flat=True).get(pk=letter.pk)


def audited():
    return list(AuditEntry.objects.order_by("sequence").values_list("action", "count"))


def test_the_queue_says_why_and_to_whom_and_nothing_of_the_writer(moderator, page):
    letter = held(page, hold_reasons=["links", "threat"])

    shown = moderator.get(reverse(QUEUE)).content.decode()

    assert "Links in the letter; Words that may be a threat" in shown
    assert letter.member.name in shown
    assert "Safe to report" in shown
    for hidden in ("Ada Example", "ada@example.org", "Lantern Street", "ZA1 1AA", TEXT):
        assert hidden not in shown
    assert audited() == []


def test_the_text_is_shown_on_request_and_that_goes_on_record(moderator, page):
    read, other = held(page), held(page, email="bo@example.org", body="Another text altogether.")

    shown = press(moderator, "read", read).content.decode()

    assert TEXT in shown
    assert "Another text altogether." not in shown
    for hidden in ("Ada Example", "ada@example.org", "Lantern Street"):
        assert hidden not in shown
    assert audited() == [("read_held_letters", 1)]
    assert AuditEntry.objects.get().subject == str(read)
    assert stage_of(read) == stage_of(other) == LetterStage.HELD


def test_the_postal_address_is_shown_where_it_is_the_reason(moderator, page):
    shown = press(moderator, "read", held(page, hold_reasons=["other_postcode"])).content.decode()

    assert "Lantern Street" in shown


def test_the_one_that_waited_longest_comes_first(moderator, page):
    members = [MemberFactory(name=f"Person {number}") for number in range(3)]
    for member in members:
        held(page, member=member)

    shown = moderator.get(reverse(QUEUE)).content.decode()

    assert shown.index("Person 0") < shown.index("Person 1") < shown.index("Person 2")


def test_a_released_letter_goes_its_way(moderator, page):
    letter = held(page)

    shown = press(moderator, "release", letter).content.decode()

    letter.refresh_from_db()
    assert "1 letter released." in shown
    assert letter.stage == LetterStage.QUEUED
    assert letter.decided_by.email == "colleague@example.org"
    assert letter.settled_at is None
    assert audited() == [("release_letter", 1)]
    assert Message.objects.count() == 0


def test_a_refused_letter_goes_back_and_its_writer_is_told_why(moderator, page):
    letter = held(page)

    shown = press(moderator, "refuse", letter, reason=f"  {WHY} ").content.decode()

    letter.refresh_from_db()
    message = Message.objects.get()
    assert "1 letter refused; the writer is told why." in shown
    assert (letter.stage, letter.refusal) == (LetterStage.REFUSED, WHY)
    assert letter.settled_at is not None
    assert (message.kind, message.subject_id, message.recipient) == (REFUSED_MAIL, letter.pk, "ada@example.org")
    assert audited() == [("refuse_letter", 1)]
    assert WHY not in str(AuditEntry.objects.values())


def test_nobody_is_refused_without_a_reason_and_what_is_being_read_stays(moderator, page):
    letter = held(page)

    response = press(moderator, "refuse", letter, reason="   ", is_reading="yes")

    assert response.status_code == 422
    assert "Write why, in a sentence: the writer is told." in response.content.decode()
    assert TEXT in response.content.decode()
    assert stage_of(letter) == LetterStage.HELD
    with pytest.raises(ValueError, match="reason"):
        refuse_letter(letter.pk, by=colleague(email="other@example.org"), reason=" ")


def test_a_reason_that_is_too_long_is_not_lost(moderator, page):
    letter = held(page)

    response = press(moderator, "refuse", letter, reason="x" * 401)

    assert response.status_code == 422
    assert "x" * 401 in response.content.decode()
    assert TEXT not in response.content.decode()
    assert stage_of(letter) == LetterStage.HELD


def test_everything_ticked_is_decided_at_once(moderator, page):
    ticked = [held(page, email=f"{number}@example.org") for number in range(3)]
    left = held(page)

    shown = press(moderator, "refuse", *ticked, reason=WHY).content.decode()

    assert "3 letters refused; the writer is told why." in shown
    assert {stage_of(letter) for letter in ticked} == {LetterStage.REFUSED}
    assert stage_of(left) == LetterStage.HELD
    assert Message.objects.count() == 3


def test_a_colleagues_decision_stands_and_the_second_moderator_is_told(moderator, page):
    first, second = held(page), held(page, email="bo@example.org")
    release_letter(first.pk, by=colleague(email="other@example.org"))

    shown = press(moderator, "refuse", first, second, reason=WHY).content.decode()

    assert "1 letter refused" in shown
    assert "1 letter left as it is" in shown
    assert stage_of(first) == LetterStage.QUEUED


def test_a_letter_taken_back_meanwhile_cannot_be_released(moderator, page):
    letter = held(page)
    withdraw_letter(letter.pk)

    press(moderator, "release", letter)

    assert stage_of(letter) == LetterStage.STOPPED


@pytest.mark.parametrize("stage", [stage for stage in LetterStage if stage != LetterStage.HELD])
def test_only_what_is_held_can_be_decided(stage):
    letter = make_letter(stage=stage)
    by = colleague()

    assert release_letter(letter.pk, by=by) is False
    assert refuse_letter(letter.pk, by=by, reason=WHY) is False
    assert stage_of(letter) == stage
    assert (audited(), Message.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"verb": "release"},
        {"verb": "burn", "one": str(uuid.uuid4())},
        {"verb": "release", "one": "1 OR 1=1"},
        {"verb": "refuse", "one": str(uuid.uuid4()), "reason": "a\0b"},
        {"verb": "release", "one": "\0"},
    ],
)
def test_a_post_that_is_no_press_of_a_button_changes_nothing(moderator, page, data):
    letter = held(page)

    assert moderator.post(reverse(QUEUE), data).status_code == 422
    assert stage_of(letter) == LetterStage.HELD


def test_looking_at_the_queue_decides_and_shows_nothing(moderator, page):
    letter = held(page)
    query = urlencode({"verb": "read", "one": str(letter.pk)})

    assert TEXT not in moderator.get(f"{reverse(QUEUE)}?{query}").content.decode()
    assert stage_of(letter) == LetterStage.HELD
    assert audited() == []


def test_a_letter_is_text_whatever_is_typed(moderator, page):
    shown = press(moderator, "read", held(page, body="<script>alert(1)</script>")).content.decode()

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;" in shown


def _press_at_once(letter):
    people = [colleague(email=f"{number}@example.org") for number in range(6)]

    def decide(which):
        if which % 2:
            return release_letter(letter.pk, by=people[which])
        return refuse_letter(letter.pk, by=people[which], reason=WHY)

    return sum(at_once(len(people), decide))


def _look_first(letter_id, by, **values):
    """What the conditional update would be without its condition."""
    if not Letter.objects.filter(pk=letter_id, stage=LetterStage.HELD).exists():
        return False
    time.sleep(0.3)  # so that all of them have looked
    return bool(Letter.objects.filter(pk=letter_id).update(**{"settled_at": None, "refusal": "", **values}))


@pytest.mark.django_db(transaction=True)
def test_of_many_moderators_who_press_at_once_one_decides():
    letter = make_letter(stage=LetterStage.HELD)

    assert _press_at_once(letter) == 1

    letter.refresh_from_db()
    was_refused = letter.stage == LetterStage.REFUSED
    assert Message.objects.count() == was_refused
    assert audited() == [("refuse_letter" if was_refused else "release_letter", 1)]


@pytest.mark.django_db(transaction=True)
def test_looking_first_would_let_several_decide(monkeypatch):
    """The control: without the condition in the update, more than one of them decides."""
    monkeypatch.setattr(moderating, "_decide", _look_first)

    assert _press_at_once(make_letter(stage=LetterStage.HELD)) > 1
