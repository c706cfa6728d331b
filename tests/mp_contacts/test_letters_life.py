"""Whatever happens to letters in whatever order: one mail at most that arrives, and to nobody it was not written to."""

import smtplib
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from home.models import User
from mp_contacts.delivery.bounces import Bounce
from mp_contacts.delivery.following import take_bounce
from mp_contacts.delivery.moving import move_letters
from mp_contacts.delivery.reflecting import CONSENT
from mp_contacts.delivery.return_address import token_in
from mp_contacts.models import Letter, LetterSettings, LetterStage
from mp_contacts.services import confirm_letter, erase_letter, withdraw_letter, write_letter
from mp_contacts.services.moderating import refuse_letter, release_letter
from supporters.delivery import Sender
from supporters.models import Message, MessageState
from supporters.outbox import forget_mails
from supporters.purging import purge
from tests.factories.mp_contacts import ConstituencyFactory, LetterPageFactory, MemberFactory
from tests.mp_contacts.letters import letter_draft

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KEPT_AFTER = timedelta(days=7)
WORDS = "My own reason number {}."
which = st.integers(0, 11)


class MailServer(BaseEmailBackend):
    """Takes mails, or not, as ``mood`` says; tells ``life`` of every one it took for an office."""

    def __init__(self, life: "LettersLife") -> None:
        super().__init__()
        self.life = life

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            if mail.to[0].endswith("@parliament.example"):
                self._take(mail)
        return len(email_messages)

    def _take(self, mail: EmailMessage) -> None:
        refusal = {"later": (451, b"4.3.0 later"), "never": (550, b"5.1.1 nobody"), "rude": (550, b"5.7.1 no")}
        if self.life.mood in refusal:
            raise smtplib.SMTPRecipientsRefused({mail.to[0]: refusal[self.life.mood]})
        self.life.accepted(mail)


class LettersLife(RuleBasedStateMachine):
    """Three offices, a page, an organiser, and writers whose letters meet with everything that can happen."""

    organiser: User
    numbers = count()

    def __init__(self) -> None:
        super().__init__()
        self.undone_at_the_end = transaction.atomic()
        self.undone_at_the_end.__enter__()
        self.page: Any = LetterPageFactory()
        self.members: list[Any] = [MemberFactory() for _ in range(3)]
        self.mood = "friendly"
        self.mails: Counter[UUID] = Counter()
        self.came_back: Counter[UUID] = Counter()
        self.wrong: list[str] = []
        self.settled: dict[UUID, str] = {}
        # What a run is about begins with letters that wait.
        for member in range(3):
            self.write(member, has_link=False, is_confirmed=True)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone_at_the_end.__exit__(None, None, None)

    def accepted(self, mail: EmailMessage) -> None:
        letter = Letter.objects.select_related("member").get(return_token=token_in(str(mail.from_email)))
        self.mails[letter.pk] += 1
        member = letter.member
        if mail.to != [member.letter_address] or member.constituency_id != letter.constituency_code:
            self.wrong.append("another member")
        if member.is_opted_out or LetterSettings.load().is_dissolved or letter.state != "confirmed":
            self.wrong.append("after it was stopped")

    def letter(self, number: int, *stages: str) -> Letter | None:
        """One of the letters at ``stages``, or of all."""
        found = Letter.objects.filter(stage__in=stages or LetterStage.values).order_by("created_at", "pk")
        return found[number % len(found)] if found else None

    @rule(member=st.integers(0, 2), has_link=st.booleans(), is_confirmed=st.booleans())
    def write(self, member: int, has_link: bool, is_confirmed: bool) -> None:
        self.members[member].refresh_from_db()
        if self.members[member].constituency_id is None:
            return
        number = next(self.numbers)
        text = WORDS.format(number) + " https://else.example/x" * has_link
        draft = letter_draft(
            self.page,
            self.members[member],
            email=f"w{number}@example.org",
            network=f"198.51.{number}.0",
            body=f"Dear MP,\n\n{text}",
        )
        write_letter(draft)
        if is_confirmed:
            confirm_letter(draft.id)

    @rule(number=which)
    def confirm(self, number: int) -> None:
        if letter := self.letter(number, LetterStage.UNCONFIRMED):
            confirm_letter(letter.pk)

    @rule(number=which, releases=st.booleans())
    def decide(self, number: int, releases: bool) -> None:
        letter = self.letter(number, LetterStage.HELD)
        if letter and releases:
            release_letter(letter.pk, by=self.organiser)
        elif letter:
            refuse_letter(letter.pk, by=self.organiser, reason="It names somebody.")

    @rule(mood=st.sampled_from(["friendly", "friendly", "friendly", "later", "never", "rude"]))
    def send(self, mood: str) -> None:
        self.mood = mood
        _shift(Message.objects.filter(state=MessageState.QUEUED), ["next_attempt_at"], timedelta(minutes=1))
        Sender(connect=lambda: MailServer(self)).send_due()

    @rule()
    def go_round(self) -> None:
        move_letters()

    @rule()
    def go_all_the_way(self) -> None:
        move_letters()
        self.send("friendly")
        move_letters()

    @rule(number=which, bounce=st.sampled_from(list(Bounce)))
    def come_back(self, number: int, bounce: Bounce) -> None:
        letter = self.letter(number, LetterStage.SENT, LetterStage.DELIVERED)
        if letter and take_bounce(letter.pk, bounce):
            self.came_back[letter.pk] += 1
            self.settled.pop(letter.pk, None)

    @rule(number=which, keeps_count=st.booleans())
    def think_better_of_it(self, number: int, keeps_count: bool) -> None:
        if letter := self.letter(number):
            (erase_letter if keeps_count else withdraw_letter)(letter.pk)

    @rule(member=st.integers(0, 2), change=st.sampled_from(["opts out", "moves", "leaves", "new address", "mended"]))
    def change_member(self, member: int, change: str) -> None:
        one = self.members[member]
        one.refresh_from_db()
        one.is_opted_out, one.opt_out_reason = change == "opts out", "Asked to." * (change == "opts out")
        if change == "moves":
            one.constituency = ConstituencyFactory()
        elif change == "leaves":
            one.constituency = None
        elif change == "new address":
            one.own_email = f"office{next(self.numbers)}@parliament.example"
        one.failing_since = None
        one.save()

    @rule(member=st.integers(0, 2), change=st.sampled_from(["opts out", "moves", "leaves", "new address"]))
    def change_member_under_way(self, member: int, change: str) -> None:
        move_letters()
        self.change_member(member, change)
        self.send("friendly")

    @rule(is_dissolved=st.booleans())
    def dissolve(self, is_dissolved: bool) -> None:
        LetterSettings.objects.update_or_create(defaults={"is_dissolved": is_dissolved})

    @rule(hours=st.sampled_from([1, 5, 30, 80, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        passed = timedelta(hours=hours)
        _shift(Letter.objects.all(), ["created_at", "confirmed_at", "sent_at", "settled_at", "due_at"], passed)
        _shift(Message.objects.all(), ["created_at", "next_attempt_at", "settled_at", "released_at"], passed)
        forget_mails()
        purge()

    @invariant()
    def at_most_one_arrives(self) -> None:
        assert all(number - self.came_back[letter] <= 1 for letter, number in self.mails.items())

    @invariant()
    def none_goes_astray(self) -> None:
        assert self.wrong == []

    @invariant()
    def what_is_settled_stays_settled(self) -> None:
        settled = dict(Letter.objects.filter(settled_at__isnull=False).values_list("pk", "stage"))
        for letter, stage in self.settled.items():
            if letter in settled or Letter.objects.filter(pk=letter).exists():
                assert settled.get(letter) == stage
        self.settled = settled

    @invariant()
    def whoever_was_told_that_it_left_has_a_letter_that_left(self) -> None:
        left = Letter.objects.filter(stage__in=[LetterStage.SENT, LetterStage.DELIVERED])
        assert {letter.pk for letter in left.only("pk")} <= set(self.mails)

    @invariant()
    def a_week_after_it_is_settled_no_text_is_left(self) -> None:
        # The purge comes with the time that passes, which is at least as long.
        old = Letter.objects.filter(settled_at__lt=Now() - KEPT_AFTER, body__isnull=False)
        assert not old.exists()


def _shift(rows: "QuerySet[Letter] | QuerySet[Message]", fields: list[str], by: timedelta) -> None:
    rows.update(**{field: F(field) - by for field in fields})


def test_any_order_of_events(monkeypatch, settings_of_a_live_site):
    # The pace has tests of its own; here nothing waits for the clock.
    monkeypatch.setattr("mp_contacts.delivery.releasing.turns_now", lambda **_now: 5)
    LettersLife.organiser = User.objects.create_superuser("boss@example.org", "a long password for tests")
    run_state_machine_as_test(
        LettersLife,
        settings=settings(
            max_examples=24,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def settings_of_a_live_site(settings):
    settings.IS_PRODUCTION, settings.LETTERS_TO_MEMBERS = True, CONSENT
    settings.LETTERS_PER_MEMBER_PER_HOUR = 600
