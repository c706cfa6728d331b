"""Somebody who did everything one can do here, and of whom something stands in every personal column there is.

Used by the rules that nobody is found again after an erasure, nor when their time is over.
"""

import json
import secrets
import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from events.models import EventPage, ProviderPlace, Registration
from events.services import confirm_registration
from home.models import User
from mp_contacts.models import Letter, LetterPage, LetterStage, PostcodeQuestion, Reply
from petitions.models import PetitionPage, Signature
from petitions.services import confirm_signature, sign_petition
from supporters.crypto.fields import EncryptedTextField
from supporters.crypto.rotation import encrypted_fields
from supporters.identity import email_key, mailbox_key, name_key, person_key, phone_key, postcode_key
from supporters.links import mint_link
from supporters.models import (
    DuplicateSuggestion,
    ExportJob,
    ImportChange,
    ImportJob,
    Mailing,
    MailingRecipient,
    MessageState,
    PairDecision,
    PrivacyMode,
    PrivacyVisit,
    SoftBounce,
    Supporter,
)
from supporters.outbox import queue_message, settle
from supporters.private_files import store_file
from supporters.services.merging import merge_supporters
from supporters.services.people import remember_supporter, write_details
from tests.events.registering import draft_for as draft_for_event
from tests.events.registering import registered
from tests.factories.events import EventPageFactory
from tests.factories.mp_contacts import LetterPageFactory
from tests.factories.petitions import PetitionPageFactory, draft_for
from tests.mp_contacts.letters import confirmed, letter_draft, written

HOUR = timedelta(hours=1)


@dataclass
class Somebody:
    """A person whose every word is found nowhere else."""

    mark: str = field(default_factory=lambda: secrets.token_hex(6))
    phone: str = field(default_factory=lambda: f"+44 7700 9{secrets.randbelow(10**8):08}")
    postcode: str = field(
        default_factory=lambda: (
            f"ZE{secrets.randbelow(10)} {secrets.randbelow(10)}{secrets.choice('ABDE')}{secrets.choice('XYZ')}"
        )
    )
    file_keys: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"Zoe.Quill.{self.mark}@example.org"

    @property
    def former_address(self) -> str:
        return f"before.{self.mark}@example.org"

    @property
    def name(self) -> str:
        return f"Zoë Quillfeather{self.mark}"

    @property
    def comment(self) -> str:
        return f"It was raining in Łódź: Umbrellaword{self.mark}"

    @property
    def words(self) -> list[str]:
        """What must not be found: each of them, and the part that stands in most of them."""
        return [
            self.mark,
            self.address,
            self.former_address,
            self.name,
            self.comment,
            self.phone,
            self.phone.replace(" ", ""),
            self.postcode,
            self.postcode.replace(" ", ""),
            *self.file_keys,
        ]

    @property
    def keys(self) -> list[bytes]:
        """Every keyed hash that tells what belongs to this person, but for the one of the suppression list."""
        pages = PetitionPage.objects.values_list("pk", flat=True)
        by_page = [person_key(page_id=page, address=self.address, slot=slot) for page in pages for slot in (1, 2)]
        letter_pages = LetterPage.objects.values_list("pk", flat=True)
        events = EventPage.objects.values_list("pk", flat=True)
        by_page += [person_key(page_id=page, address=self.address) for page in (*letter_pages, *events)]
        of_details = [name_key(self.name), phone_key(self.phone), postcode_key(self.postcode)]
        return [mailbox_key(self.address), *filter(None, of_details), *by_page]


def plant(*, boss: User) -> Somebody:
    """Somebody with something in every personal column, by the ways that people and organisers have."""
    person = Somebody()
    _sign(person)
    _be_remembered(person, boss)
    _write(person)
    _register(person)
    _be_written_to(person)
    _be_in_files(person)
    return person


def opened(field: EncryptedTextField) -> list[str]:
    """Every value in the column of ``field``, as it reads to whoever has the keys."""
    rows = field.model._base_manager.filter(**{f"{field.name}__isnull": False})
    return [str(getattr(row, field.name)) for row in rows]


def everything_opened() -> dict[str, list[str]]:
    """Every encrypted value of the database, by the label of its column."""
    return {f"{field.model._meta.label}.{field.name}": opened(field) for field in encrypted_fields()}


def _sign(person: Somebody) -> None:
    def sign(petition: PetitionPage, *, confirm: bool, **typed: object) -> None:
        known = set(Signature.objects.values_list("pk", flat=True))
        sign_petition(
            draft_for(
                petition,
                **{
                    "email": person.address,
                    "name": person.name,
                    "postcode": person.postcode,
                    "comment": person.comment,
                    "shown_as": "full_name",
                    "wants_updates": True,
                    **typed,
                },
            )
        )
        if confirm:
            confirm_signature(Signature.objects.exclude(pk__in=known).get().pk)

    petition = PetitionPageFactory()
    sign(petition, confirm=True)
    sign(petition, confirm=True, name=f"Second of {person.mark}")
    sign(PetitionPageFactory(), confirm=False)
    sign(PetitionPageFactory(privacy_mode=PrivacyMode.COUNT), confirm=True)
    sign(petition, confirm=True, email=person.former_address, name=f"Former {person.mark}", postcode="")


def _be_remembered(person: Somebody, boss: User) -> None:
    record = Supporter.objects.get(email_key=email_key(person.address))
    write_details(record, phone=person.phone)
    record.save()
    former = Supporter.objects.get(email_key=email_key(person.former_address))
    bystander = remember_supporter(address=f"{secrets.token_hex(4)}@example.org", name="By Stander")
    pair = dict(zip(("first", "second"), sorted([record, bystander], key=lambda one: one.pk), strict=True))
    DuplicateSuggestion.objects.create(**pair, score=50, reasons=["name"])
    PairDecision.objects.create(**pair, verdict="not_same")
    merge_supporters(kept=record, lost=former, choices={}, by=boss)


def _write(person: Somebody) -> None:
    def write(page: LetterPage, *, confirm: bool) -> Letter:
        draft = letter_draft(
            page,
            email=person.address,
            name=person.name,
            postcode=person.postcode,
            address=f"1 Lantern Street {person.mark}",
            subject=f"About {person.mark}",
            body=person.comment,
            wants_updates=True,
        )
        return confirmed(draft) if confirm else written(draft)

    letter = write(LetterPageFactory(), confirm=True)
    letter.stage, letter.sent_at, letter.settled_at = LetterStage.DELIVERED, timezone.now(), timezone.now()
    letter.save()
    write(LetterPageFactory(), confirm=False)
    write(LetterPageFactory(privacy_mode=PrivacyMode.COUNT, consent_text=None), confirm=True)
    Reply.objects.create(
        letter=letter,
        page=letter.page,
        member=letter.member,
        answer="yes",
        text=f"Dear {person.name}, thank you.",
        state=Reply.State.WAITING,
    )
    PostcodeQuestion.objects.create(postcode=person.postcode)


def _register(person: Somebody) -> None:
    def register(page: EventPage) -> Registration:
        draft = draft_for_event(
            page,
            email=person.address,
            name=person.name,
            needs=json.dumps({"choices": [], "text": f"Captions for {person.mark}"}),
            question=person.comment,
            wants_updates=True,
        )
        return registered(draft)

    registration = register(EventPageFactory())
    confirm_registration(registration.pk)
    register(EventPageFactory())
    ProviderPlace.objects.create(registration=registration, outside_id="1", join_url=f"https://r.example/{person.mark}")


def _be_written_to(person: Somebody) -> None:
    record = Supporter.objects.get(email_key=email_key(person.address))
    queue_message(
        kind="test", subject_id=uuid.uuid4(), recipient=person.address, body=json.dumps({"about": person.comment})
    )
    sent = queue_message(kind="test", subject_id=record.pk, recipient=person.address)
    settle(Q(pk=sent.pk), MessageState.SENT)
    mailing = Mailing.objects.create(subject="News", body="Something happened.")
    recipient = MailingRecipient.objects.create(mailing=mailing, supporter=record)
    queue_message(kind="mailing", subject_id=recipient.pk, recipient=person.address)
    SoftBounce.objects.create(
        email_key=email_key(person.address), mail_key=secrets.token_bytes(32), happened_at=timezone.now()
    )
    visit = PrivacyVisit.objects.create(email=person.address, expires_at=timezone.now() + HOUR)
    for subject in (record.pk, visit.pk):
        mint_link(purpose="stay", subject_id=subject, lifetime=HOUR)


def _be_in_files(person: Somebody) -> None:
    record = Supporter.objects.get(email_key=email_key(person.address))
    now = timezone.now()
    exported = ExportJob(purpose="Hand-in", preset="complete", file_format="csv", state="ready")
    exported.finished_at, exported.expires_at = now, now + timedelta(days=7)
    imported = ImportJob(purpose="Sheets of May", file_format="csv", state="checked")
    for job, folder in ((exported, "exports"), (imported, "imports")):
        stored = store_file(f"{folder}/{job.pk}", ["\n".join(person.words).encode()])
        job.file_name, job.file_key = stored.name, stored.key
        person.file_keys.append(stored.key)
        job.save()
    done = ImportJob.objects.create(
        purpose="Sheets of April", file_format="csv", state="applied", undo_until=now + timedelta(days=30)
    )
    ImportChange.objects.create(
        job=done,
        supporter=record,
        row_number=1,
        is_new=False,
        before=json.dumps({"name": f"Old {person.mark}"}),
        after=json.dumps({"name": person.name}),
    )
