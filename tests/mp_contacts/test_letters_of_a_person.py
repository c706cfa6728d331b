"""Everything about a person covers the letters they wrote."""

import json
from datetime import timedelta

import pytest

from home.models import User
from mp_contacts.mail_kinds import RETURNED_LINK
from mp_contacts.models import Letter, LetterStage
from supporters.links import mint_link
from supporters.links.tokens import find_link, token_in
from supporters.models import ActionState, Message, MessageState, PrivacyVisit, Supporter
from supporters.privacy.sections import held_for
from supporters.privacy.shape import as_document
from supporters.segments import supporters_in
from supporters.segments.pages import pages_to_take_part_in
from supporters.services.erasing import erase_address
from supporters.services.merging import merge_supporters, undo_merge
from supporters.services.people import remember_supporter
from supporters.timeline import timeline_of
from tests.factories.mp_contacts import LetterPageFactory
from tests.mp_contacts.letters import confirmed, letter_draft, written
from tests.supporters.privacy_visits import Holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return LetterPageFactory(title="Write for safety")


@pytest.fixture
def letter(page):
    return confirmed(letter_draft(page, wants_updates=True))


@pytest.fixture
def organiser():
    return User.objects.create_user("organiser@example.org", "a long enough password")


def test_the_privacy_page_shows_the_whole_letter(letter):
    page = Holder("ada@example.org").look()

    for held in (
        "Wrote to their MP: Write for safety",
        letter.member.name,
        letter.subject,
        "I run a small bakery",
        "1 Lantern Street",
        "Waiting for its turn",
        "The button to confirm a letter",
        "letter form, confirmed by mail",
    ):
        assert held in page, held


def test_the_download_holds_the_whole_letter(letter):
    visit = PrivacyVisit.objects.create(email=letter.email, expires_at=letter.created_at)

    document = json.dumps(as_document(held_for(visit).sections))

    for held in (letter.body, letter.address, letter.subject, letter.member.name):
        assert json.dumps(held)[1:-1] in document


def test_it_says_when_taking_back_comes_too_late(letter):
    assert "The office has it" not in Holder("ada@example.org").look()
    Letter.objects.filter(pk=letter.pk).update(stage=LetterStage.SENT, sent_at=letter.created_at)

    assert "The office has it" in Holder("ada@example.org").look()


def test_nobody_else_sees_it(letter, page):
    confirmed(letter_draft(page, email="bea@example.org", name="Bea Other", body="Dear Jo,\n\nBea's words."))

    shown = Holder("bea@example.org").look()

    assert "s words." in shown
    assert "bakery" not in shown


def test_a_letter_is_taken_back_from_the_privacy_page(letter):
    Holder("ada@example.org").does("withdraw", what=f"letter:{letter.pk}")

    letter.refresh_from_db()
    assert (letter.state, letter.stage) == (ActionState.WITHDRAWN, LetterStage.STOPPED)


def test_an_erasure_stops_what_waits_and_keeps_the_count(letter, page):
    waiting = written(letter_draft(LetterPageFactory(), email=letter.email))
    link = mint_link(purpose=RETURNED_LINK, subject_id=letter.pk, lifetime=timedelta(days=7))

    erase_address(address="ADA@example.org", actor=None)

    letter.refresh_from_db()
    assert (letter.state, letter.stage, letter.body) == (ActionState.CONFIRMED, LetterStage.STOPPED, "")
    assert not Letter.objects.filter(pk=waiting.pk).exists()
    assert not Message.objects.filter(state=MessageState.QUEUED).exists()
    assert find_link(token_in(link)) is None
    assert not Supporter.objects.exists()


def test_the_timeline_has_it(letter):
    [entry] = [entry for entry in timeline_of(letter.supporter) if entry.kind == "letter"]

    assert (entry.what, entry.where, entry.page_id) == ("Wrote to their MP", "Write for safety", letter.page_id)


def test_segments_know_who_wrote(letter, page):
    other = remember_supporter(address="bea@example.org")

    assert list(supporters_in({"did": ["letter"]})) == [letter.supporter]
    assert list(supporters_in({"never_did": ["letter"]})) == [other]
    assert (page.pk, "Write for safety") in pages_to_take_part_in()


def test_letters_go_with_a_merge_and_come_back_with_its_undoing(letter, organiser):
    kept = confirmed(letter_draft(LetterPageFactory(), email="ada.lovelace@example.org")).supporter

    merge = merge_supporters(kept=kept, lost=letter.supporter, choices={}, by=organiser)
    letter.refresh_from_db()
    assert letter.supporter == kept

    undo_merge(merge=merge, by=organiser)
    letter.refresh_from_db()
    assert letter.supporter != kept
