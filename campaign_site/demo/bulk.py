"""Writing many signatures at once, as rows just like those the form and the mail leave behind."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from campaign_site.demo.crowd import Signer
from mp_contacts.counting import count_letters
from petitions.counting import count_new_signatures
from petitions.models import CommentState, PetitionPage, PetitionTotals, ShownAs, Signature
from supporters.crypto.fields import encrypted_field
from supporters.identity import email_key, mailbox_key, name_key, person_key, postcode_key
from supporters.models import ActionState, ConsentRecord, PrivacyMode, Supporter

SIGNATURE_COLUMNS = (
    "id", "petition_id", "person_key", "supporter_id", "state", "name", "email", "postcode", "comment",
    "comment_state", "country", "language", "source", "shown_as", "wants_updates", "consent_text_id", "created_at",
    "confirmed_at",
)  # fmt: skip
SUPPORTER_COLUMNS = (
    "id", "email_key", "mailbox_key", "name_key", "postcode_key", "name", "email", "postcode", "country",
    "constituency_code", "language", "source", "created_at", "updated_at", "last_act_at",
)  # fmt: skip
CONSENT_COLUMNS = ("supporter_id", "text_id", "choice", "method", "page_id", "asked_at", "created_at")


@transaction.atomic
def write_signatures(petition: PetitionPage, signers: Sequence[Signer]) -> int:
    """Store ``signers`` with the supporters and consents that confirming would have made; how many rows.

    Nobody may have signed this petition before: a repeat raises IntegrityError and nothing is stored.
    The petition's total is begun afresh by the next count, since these rows lie behind where it stands.
    """
    keeps_people = petition.privacy_mode != PrivacyMode.COUNT
    supporters = _write_supporters(petition, signers) if keeps_people else {}
    rows = [_signature(petition, signer, supporters.get(signer.email)) for signer in signers]
    copy_rows(Signature._meta.db_table, SIGNATURE_COLUMNS, rows)
    PetitionTotals.objects.filter(petition=petition).delete()
    return len(rows)


def refresh_figures() -> None:
    """What follows a bulk load: the planner's figures, then the totals by the job that always counts them."""
    with connection.cursor() as cursor:
        for model in (Signature, Supporter, ConsentRecord, PetitionPage):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    count_new_signatures()
    count_letters()


def _signature(petition: PetitionPage, signer: Signer, supporter: uuid.UUID | None) -> tuple[Any, ...]:
    row = uuid.uuid4()
    key = person_key(page_id=petition.pk, address=signer.email)
    if petition.privacy_mode == PrivacyMode.COUNT:
        signer = _counted_only(signer)
    return (
        row,
        petition.pk,
        key,
        supporter,
        ActionState.CONFIRMED.value if signer.confirmed_at else ActionState.PENDING.value,
        _NAME.lock(row, signer.name),
        _EMAIL.lock(row, signer.email),
        _POSTCODE.lock(row, signer.postcode),
        _COMMENT.lock(row, signer.comment),
        _comment_state(signer),
        signer.country,
        signer.language,
        signer.source,
        signer.shown_as,
        signer.wants_updates,
        petition.consent_text_id,
        signer.created_at,
        signer.confirmed_at,
    )


def _counted_only(signer: Signer) -> Signer:
    """What a count-only petition keeps: it asks for an address and nothing else, and forgets that on confirming."""
    return replace(
        signer,
        name="",
        email="" if signer.confirmed_at else signer.email,
        postcode="",
        country="GB",
        comment="",
        shown_as=ShownAs.NOT_SHOWN.value,
        wants_updates=False,
    )


def _comment_state(signer: Signer) -> str:
    if not signer.comment:
        return CommentState.NONE.value
    return CommentState.APPROVED.value if signer.is_approved else CommentState.WAITING.value


def _write_supporters(petition: PetitionPage, signers: Iterable[Signer]) -> dict[str, uuid.UUID]:
    """Supporter records for those who confirmed, and their consent where they gave it; ids by address."""
    confirmed = {signer.email: signer for signer in signers if signer.confirmed_at}
    keys = {address: email_key(address) for address in confirmed}
    known = {
        bytes(key): pk
        for pk, key in Supporter.objects.filter(email_key__in=list(keys.values())).values_list("pk", "email_key")
    }
    ids = {address: known.get(key) or uuid.uuid4() for address, key in keys.items()}
    new = [signer for address, signer in confirmed.items() if keys[address] not in known]
    copy_rows(
        Supporter._meta.db_table, SUPPORTER_COLUMNS, [_supporter(ids[one.email], keys[one.email], one) for one in new]
    )
    with connection.cursor() as cursor:
        # Without figures for the rows just written, each signature's foreign key is checked by reading them all.
        cursor.execute(f"ANALYZE {Supporter._meta.db_table}")
    copy_rows(
        ConsentRecord._meta.db_table,
        CONSENT_COLUMNS,
        [_consent(petition, ids[one.email], one, one.confirmed_at) for one in confirmed.values() if one.wants_updates],
    )
    return ids


def _supporter(row: uuid.UUID, key: bytes, signer: Signer) -> tuple[Any, ...]:
    at = signer.confirmed_at
    return (
        row,
        key,
        mailbox_key(signer.email),
        name_key(signer.name),
        postcode_key(signer.postcode),
        _SUPPORTER_NAME.lock(row, signer.name),
        _SUPPORTER_EMAIL.lock(row, signer.email),
        _SUPPORTER_POSTCODE.lock(row, signer.postcode),
        signer.country,
        "",
        signer.language,
        signer.source,
        at,
        at,
        at,
    )


def _consent(petition: PetitionPage, supporter: uuid.UUID, signer: Signer, at: datetime | None) -> tuple[Any, ...]:
    return (
        supporter,
        petition.consent_text_id,
        ConsentRecord.Choice.GIVEN.value,
        "petition form, confirmed by mail",
        petition.pk,
        signer.created_at,
        at,
    )


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write ``rows`` into ``table`` by COPY, in the caller's transaction."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


_NAME = encrypted_field(Signature, "name")
_EMAIL = encrypted_field(Signature, "email")
_POSTCODE = encrypted_field(Signature, "postcode")
_COMMENT = encrypted_field(Signature, "comment")
_SUPPORTER_NAME = encrypted_field(Supporter, "name")
_SUPPORTER_EMAIL = encrypted_field(Supporter, "email")
_SUPPORTER_POSTCODE = encrypted_field(Supporter, "postcode")
