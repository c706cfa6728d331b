"""Somebody is erased while something else is happening to them. Each race has a control that leaves them behind."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connections, transaction

from petitions.models import Signature
from petitions.services import confirm_signature, sign_petition
from supporters.exports.running import run_export
from supporters.long_jobs import Interrupted
from supporters.mailings.running import queue_next
from supporters.models import ActionState, ExportState, Mailing, MailingRecipient, MailingState, Message, Supporter
from supporters.services import erasing, remember_supporter
from supporters.services.erasing import erase_address
from tests.at_once import at_once
from tests.factories.petitions import PetitionPageFactory, draft_for
from tests.supporters.exports import asked, empty_disk, files_on_disk, taken
from tests.supporters.people_who_agreed import person

pytestmark = pytest.mark.django_db(transaction=True)

ADA = "ada@example.org"
BEN = "ben@example.org"
# Long enough for the other thread to come as far as it can.
OPEN_FOR = 1.0


@pytest.fixture(autouse=True)
def clean_disk():
    empty_disk()
    yield
    empty_disk()


def in_another_thread(act: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        except Interrupted:
            pass  # told to start again, as the worker would
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def an_export_begun_while_ada_is_being_erased():
    """The job when both are done, before any second try."""
    for address in (ADA, BEN):
        remember_supporter(address=address, name="Export Me")
    job = asked(with_never_asked=True, with_sensitive=True)
    with transaction.atomic():
        erase_address(address=ADA, actor=None)
        thread = in_another_thread(lambda: run_export(job.pk))
        time.sleep(OPEN_FOR)
    thread.join()
    job.refresh_from_db()
    return job


def test_an_export_begun_meanwhile_does_not_hold_them():
    job = an_export_begun_while_ada_is_being_erased()
    if job.state != ExportState.READY:
        assert (job.state, job.file_name, files_on_disk()) == (ExportState.QUEUED, "", [])
        run_export(job.pk)
        job.refresh_from_db()

    assert job.state == ExportState.READY
    file = taken(job)
    assert file
    assert ADA.encode() not in opened_file(file)
    assert BEN.encode() in opened_file(file)


def test_without_taking_exports_back_they_would_be_in_it(monkeypatch):
    """The control."""
    monkeypatch.setattr(erasing, "_withdraw_exports", lambda **_about: None)

    job = an_export_begun_while_ada_is_being_erased()

    assert job.state == ExportState.READY
    assert ADA.encode() in opened_file(taken(job))


def opened_file(file: bytes) -> bytes:
    from tests.supporters.exports import unzipped

    return b"".join(unzipped(file).values()) if file[:2] == b"PK" else file


def test_whoever_confirms_at_the_same_moment_is_erased_or_gone():
    petition = PetitionPageFactory()
    for _ in range(8):
        sign_petition(draft_for(petition, wants_updates=True))
        signature = Signature.objects.get(state=ActionState.PENDING)

        at_once(
            2, lambda which, pk=signature.pk: confirm_signature(pk) if which else erase_address(address=ADA, actor=None)
        )

        assert not Supporter.objects.exists()
        assert not Signature.objects.exclude(person_key=None).exists()
        assert not any(row.email for row in Signature.objects.all())
        assert not Message.objects.filter(recipient__isnull=False).exists()


def a_mailing_that_reaches_ada_while_she_is_being_erased():
    """How many mails to her are left when both are done."""
    mailing = Mailing.objects.create(subject="An update", body="News.", state=MailingState.SENDING, addressed=1)
    MailingRecipient.objects.create(mailing=mailing, supporter=person(ADA))
    with transaction.atomic():
        queue_next(mailing.pk)
        thread = in_another_thread(lambda: erase_address(address=ADA, actor=None))
        time.sleep(OPEN_FOR)
    thread.join()
    assert not Supporter.objects.exists()
    return Message.objects.filter(recipient__isnull=False).count()


def test_a_mailing_that_reaches_them_meanwhile_leaves_no_address_in_the_outbox():
    assert a_mailing_that_reaches_ada_while_she_is_being_erased() == 0


def test_without_a_second_look_at_the_outbox_the_address_would_be_left(monkeypatch):
    """The control."""
    look, looks = erasing._erase_messages, []

    def look_once(address: str) -> None:
        if not looks:
            look(address)
        looks.append(address)

    monkeypatch.setattr(erasing, "_erase_messages", look_once)

    assert a_mailing_that_reaches_ada_while_she_is_being_erased() == 1


def test_two_erasures_at_once_leave_as_little_as_one():
    petition = PetitionPageFactory()
    for address in (ADA, BEN):
        sign_petition(draft_for(petition, email=address, wants_updates=True))
    for signature in Signature.objects.all():
        confirm_signature(signature.pk)

    at_once(6, lambda which: erase_address(address=(ADA, BEN)[which % 2], actor=None))

    assert not Supporter.objects.exists()
    assert not any(row.email for row in Signature.objects.all())
