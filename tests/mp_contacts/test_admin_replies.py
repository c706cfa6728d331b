"""What MPs answered is read by organisers, kept or dropped, and becomes a position."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from mp_contacts.models import Answer, LetterStage, Reply
from mp_contacts.services.moderating import drop_reply, keep_reply
from supporters.models import AuditEntry
from tests.factories.mp_contacts import make_letter
from tests.petitions.organisers import colleague

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

QUEUE = "letter_replies:index"
TEXT = "Dear constituent, I shall vote for it."


@pytest.fixture
def moderator(client):
    client.force_login(colleague("moderate_letters", "add_position"))
    return client


def reply(text=TEXT, state=Reply.State.WAITING):
    letter = make_letter(stage=LetterStage.DELIVERED)
    return Reply.objects.create(
        letter=letter, page=letter.page, member=letter.member, answer=Answer.YES, text=text, state=state
    )


def press(client, verb, one, state="waiting"):
    return client.post(f"{reverse(QUEUE)}?state={state}", {"verb": verb, "one": str(one.pk)}, follow=True)


def test_the_text_is_shown_on_request_only_and_that_goes_on_record(moderator):
    one = reply()

    listed = moderator.get(reverse(QUEUE)).content.decode()
    assert one.member.name in listed
    assert "Yes, they answered what I asked" in listed
    assert TEXT not in listed
    assert not AuditEntry.objects.exists()

    assert TEXT in press(moderator, "read", one).content.decode()
    assert AuditEntry.objects.get().action == "read_replies"


def test_a_kept_reply_can_be_read_again_among_the_kept(moderator):
    one = reply()

    assert "1 reply kept." in press(moderator, "keep", one).content.decode()

    one.refresh_from_db()
    assert (one.state, one.text, one.read_by.email) == (Reply.State.KEPT, TEXT, "colleague@example.org")
    assert one.member.name not in moderator.get(reverse(QUEUE)).content.decode()
    assert TEXT in press(moderator, "read", one, state="kept").content.decode()


def test_a_dropped_reply_is_gone_and_still_counts(moderator):
    one = reply()

    press(moderator, "drop", one)

    one.refresh_from_db()
    assert (one.state, one.text or "") == (Reply.State.REFUSED, "")
    assert one.answer == Answer.YES
    assert AuditEntry.objects.get().action == "drop_reply"


def test_of_two_decisions_the_first_stands():
    one, by = reply(), colleague()

    assert drop_reply(one.pk, by=by) is True
    assert keep_reply(one.pk, by=by) is False
    assert Reply.objects.get().state == Reply.State.REFUSED


def test_a_position_is_drawn_from_a_reply_without_its_text(moderator):
    one = reply()

    shown = press(moderator, "read", one)
    address = shown.context["read"][0]["position_url"]

    assert parse_qs(urlsplit(address).query) == {
        "member": [str(one.member_id)],
        "campaign": [str(one.page.get_parent().pk)],
        "drawn_from": ["reply"],
    }
    form = moderator.get(address).context["form"]
    assert str(form["member"].value()) == str(one.member_id)
    assert str(form["campaign"].value()) == str(one.page.get_parent().pk)
    assert form["drawn_from"].value() == "reply"
    assert not form["quote"].value()
