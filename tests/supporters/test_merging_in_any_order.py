"""Whatever people and organisers do in whatever order: a no stays a no, and nothing is lost."""

from collections.abc import Iterator
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from home.models import User
from petitions.models import Signature
from petitions.services import confirm_signature, sign_petition
from supporters.identity import email_key
from supporters.models import ConsentRecord, Merge, Purpose, Supporter
from supporters.services import change_consent
from supporters.services.consent import ConsentRefused
from supporters.services.merging import UndoRefused, merge_supporters, undo_merge
from tests.factories.petitions import PetitionPageFactory, draft_for
from tests.supporters.people import everything, standing

pytestmark = pytest.mark.django_db

Choice = ConsentRecord.Choice
ADDRESSES = [f"{name}@example.org" for name in ("ada", "bell", "cleo", "dora")]
people = st.sampled_from(ADDRESSES)


class Desk(RuleBasedStateMachine):
    """Four addresses, two petitions, and an organiser who merges and changes their mind."""

    organiser: User
    networks: Iterator[int] = count()

    def __init__(self) -> None:
        super().__init__()
        self.undone_at_the_end = transaction.atomic()
        self.undone_at_the_end.__enter__()
        self.petitions = [PetitionPageFactory(), PetitionPageFactory()]
        self.step = 0
        self.said_no_at: dict[str, int] = {}
        # When somebody said yes, and whose addresses were one person at that moment.
        self.yeses: list[tuple[int, frozenset[str]]] = []
        self.signed: set[object] = set()
        self.own_records: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone_at_the_end.__exit__(None, None, None)

    def record_of(self, address: str) -> Supporter | None:
        record = Supporter.objects.filter(email_key=email_key(address)).select_related("merged_into").first()
        return record.merged_into or record if record else None

    def one_with(self, address: str) -> frozenset[str]:
        record = self.record_of(address)
        return frozenset(other for other in ADDRESSES if record and self.record_of(other) == record)

    @rule(address=people, which=st.integers(0, 1), wants_updates=st.booleans())
    def sign(self, address: str, which: int, wants_updates: bool) -> None:
        self.step += 1
        draft = draft_for(
            self.petitions[which],
            email=address,
            name=address,
            network=f"198.51.{next(self.networks)}.0",
            wants_updates=wants_updates,
        )
        sign_petition(draft)
        if not Signature.objects.filter(pk=draft.id).exists():
            return
        confirm_signature(draft.id)
        self.signed.add(draft.id)
        if wants_updates:
            self.yeses.append((self.step, self.one_with(address)))
        self.remember_records()

    @rule(address=people)
    def say_no(self, address: str) -> None:
        self.answer(address, Choice.WITHDRAWN, actor=None)

    @rule(address=people)
    def say_yes_themselves(self, address: str) -> None:
        self.answer(address, Choice.GIVEN, actor=None)

    @rule(address=people)
    def tell_an_organiser_no(self, address: str) -> None:
        self.answer(address, Choice.WITHDRAWN, actor=self.organiser)

    def answer(self, address: str, choice: str, *, actor: User | None) -> None:
        self.step += 1
        record = self.record_of(address)
        if record is None:
            return
        try:
            change_consent(supporter=record, purpose=Purpose.UPDATES, choice=choice, method="test", actor=actor)
        except ConsentRefused:
            return
        if choice == Choice.WITHDRAWN:
            self.said_no_at[address] = self.step
        else:
            self.yeses.append((self.step, self.one_with(address)))
        self.remember_records()

    def remember_records(self) -> None:
        self.own_records |= set(ConsentRecord.objects.exclude(method="merge").values_list("pk", flat=True))

    @rule(kept=people, lost=people)
    def merge(self, kept: str, lost: str) -> None:
        self.step += 1
        if pair := self.pair(kept, lost):
            merge_supporters(kept=pair[0], lost=pair[1], choices={"name": "lost"}, by=self.organiser)

    @rule(kept=people, lost=people)
    def merge_and_think_better_of_it(self, kept: str, lost: str) -> None:
        if pair := self.pair(kept, lost):
            before = everything()
            merge = merge_supporters(kept=pair[0], lost=pair[1], choices={"name": "lost"}, by=self.organiser)
            undo_merge(merge=merge, by=self.organiser)
            assert everything() == before

    def pair(self, kept: str, lost: str) -> tuple[Supporter, Supporter] | None:
        one, other = self.record_of(kept), self.record_of(lost)
        return (one, other) if one and other and one != other else None

    @precondition(lambda self: Merge.objects.filter(undone_at=None).exists())
    @rule(which=st.integers(0, 3))
    def undo(self, which: int) -> None:
        self.step += 1
        merges = list(Merge.objects.filter(undone_at=None).order_by("created_at"))
        try:
            undo_merge(merge=merges[which % len(merges)], by=self.organiser)
        except UndoRefused:
            assert len(merges) > 1

    @invariant()
    def nobody_who_said_no_is_written_to(self) -> None:
        for address, said_no_at in self.said_no_at.items():
            record = self.record_of(address)
            if record is None or standing(record) != Choice.GIVEN:
                continue
            # The same person, with whichever of their addresses, said yes afterwards.
            assert any(at > said_no_at and address in together for at, together in self.yeses), address

    @invariant()
    def nothing_is_lost(self) -> None:
        assert set(Signature.objects.exclude(supporter=None).values_list("pk", flat=True)) == self.signed
        kept = set(ConsentRecord.objects.values_list("pk", flat=True))
        assert self.own_records <= kept

    @invariant()
    def signposts_lead_to_somebody_in_one_step(self) -> None:
        assert not Supporter.objects.filter(merged_into__merged_into__isnull=False).exists()
        assert not ConsentRecord.objects.filter(supporter__merged_into__isnull=False).exists()


@pytest.mark.slow
def test_any_order_of_merging_and_changing_ones_mind():
    Desk.organiser = User.objects.create_user("organiser@example.org", "a long password for tests")
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=24,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
