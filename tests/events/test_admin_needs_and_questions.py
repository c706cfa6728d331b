"""What people need is counted for organisers and read by few; what they ask is read and kept, whoever asks it."""

import pytest
from django.urls import reverse

from events.access_needs import pack_needs
from events.models import AccessNeeds, Place, Question
from events.services import decide_question
from supporters.models import AuditEntry
from tests.factories.events import EventPageFactory, make_registration
from tests.petitions.organisers import colleague, member_of

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

OWN_WORDS = "I lip-read, so please face the camera."
ASKED = "Will the new law reach indoor work?"


@pytest.fixture
def page():
    return EventPageFactory(title="Safe to report")


def needing(page, number, choices, text="", **values):
    registration = make_registration(page, email=f"n{number}@example.org", name=f"Quill {number}", **values)
    AccessNeeds.objects.create(registration=registration, page=page, text=pack_needs(choices, text))


def asking(page, text=ASKED, **values):
    registration = make_registration(page, name="Quill", **values)
    return Question.objects.create(page=page, registration=registration, text=text)


def audited():
    return list(AuditEntry.objects.order_by("sequence").values_list("action", "count"))


def url(name, page):
    return reverse(f"events_admin:{name}", args=[page.pk])


@pytest.mark.parametrize("name", ["show", "needs"])
def test_needs_are_counted_and_nobodys_are_shown(client, page, name):
    client.force_login(colleague("view_registration"))
    needing(page, 1, ["captions"])
    needing(page, 2, ["captions", "breaks"], OWN_WORDS)
    needing(page, 3, ["captions"], place=Place.UNCONFIRMED)

    shown = client.get(url(name, page)).content.decode()

    assert "Captions: 2" in shown
    assert "Breaks: 1" in shown
    assert "In their own words: 1" in shown
    assert "Quill" not in shown
    assert OWN_WORDS not in shown
    assert audited() == []


def test_who_needs_what_is_shown_to_an_access_lead_on_request_and_on_record(client, page):
    client.force_login(member_of("Access leads"))
    needing(page, 1, ["captions"], OWN_WORDS)

    before = client.get(url("needs", page)).content.decode()
    shown = client.post(url("needs", page)).content.decode()

    assert OWN_WORDS not in before
    assert OWN_WORDS in shown
    assert "Quill 1" in shown
    assert audited() == [("read_access_needs", 1)]


@pytest.mark.parametrize("group", ["Organisers", "Data officers", "Moderators"])
def test_nobody_else_reads_what_somebody_needs(client, page, group):
    client.force_login(member_of(group))
    needing(page, 1, ["captions"], OWN_WORDS)

    assert OWN_WORDS not in client.post(url("needs", page), follow=True).content.decode()
    assert audited() == []


@pytest.fixture
def moderator(client):
    client.force_login(member_of("Moderators"))
    return client


def press(client, page, verb, *questions, state="waiting"):
    data = {"verb": verb, "one": [str(question.pk) for question in questions]}
    return client.post(f"{url('questions', page)}?state={state}", data, follow=True)


def test_questions_are_read_on_request_without_saying_who_asks(moderator, page):
    asking(page)

    before = moderator.get(url("questions", page)).content.decode()
    shown = press(moderator, page, "read").content.decode()

    assert ASKED not in before
    assert "(1)" in before
    assert ASKED in shown
    assert "Quill" not in shown
    assert audited() == [("read_questions", 1)]


def test_a_question_is_kept_for_the_chair_and_can_be_left_out_after_all(moderator, page):
    question = asking(page)

    press(moderator, page, "keep", question)
    kept = press(moderator, page, "read", state="kept").content.decode()
    press(moderator, page, "refuse", question, state="kept")

    question.refresh_from_db()
    assert ASKED in kept
    assert question.state == Question.State.REFUSED
    assert [action for action, _count in audited()] == ["keep_question", "read_questions", "refuse_question"]


def test_what_a_colleague_decided_meanwhile_is_told(moderator, page):
    question = asking(page)
    press(moderator, page, "keep", question)

    assert "left as before" in press(moderator, page, "keep", question).content.decode()


def test_the_question_of_somebody_who_has_not_confirmed_is_not_read(moderator, page):
    asking(page, place=Place.UNCONFIRMED)

    assert ASKED not in press(moderator, page, "read").content.decode()


@pytest.mark.parametrize("data", [{"verb": "keep"}, {"verb": "keep", "one": "x"}, {"verb": "eat"}, {}])
def test_what_is_no_press_is_told_so(moderator, page, data):
    asking(page)

    assert moderator.post(url("questions", page), data).status_code == 422
    assert Question.objects.get().state == Question.State.WAITING


def test_a_question_is_kept_or_refused_and_nothing_else(page):
    with pytest.raises(ValueError, match="kept or refused"):
        decide_question(asking(page).pk, state="waiting", by=colleague("change_question"))


def test_a_moderator_sees_events_and_questions_and_no_roster(moderator, page):
    asking(page)

    assert "Safe to report" in moderator.get(reverse("events_admin:index")).content.decode()
    assert moderator.get(url("roster", page)).status_code == 302
    assert moderator.get(url("show", page)).status_code == 302
