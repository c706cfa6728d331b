"""What organisers know about members of Parliament, beside what Parliament says."""

from typing import Final

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from mp_contacts.models import Member, Position
from supporters.audit import record_audit
from supporters.page_notices import purge_pages

OWN_FIELDS: Final = {
    "own_email": "address",
    "is_opted_out": "whether they take letters",
    "opt_out_reason": "why they take none",
    "note": "note",
}
"""What organisers write about a member, and a sync never touches; and what the audit trail calls it."""


@transaction.atomic
def change_member(member: Member, *, by: AbstractUser) -> Member:
    """Save the organisers' own fields of ``member``, and nothing that a sync may be writing at this moment.

    Another address to write to is given the benefit of the doubt: the old one's failure is forgotten.
    """
    before = Member.objects.only(*OWN_FIELDS).select_for_update().get(pk=member.pk)
    changed = [field for field in OWN_FIELDS if getattr(before, field) != getattr(member, field)]
    if not changed:
        return member
    if "own_email" in changed:
        member.failing_since, member.failure = None, ""
        changed += ["failing_since", "failure"]
    member.save(update_fields=[*changed, "updated_at"])
    purge_pages()
    what = ", ".join(words for field, words in OWN_FIELDS.items() if field in changed)
    record_audit(actor=by, action="change_member", subject=f"{member}: {what}")
    return member


@transaction.atomic
def address_works_again(member_id: int, *, by: AbstractUser) -> bool:
    """Let letters go to a member's office again; False when nothing was wrong with its address."""
    failing = Member.objects.filter(pk=member_id, failing_since__isnull=False)
    if not failing.update(failing_since=None, failure="", updated_at=timezone.now()):
        return False
    purge_pages()
    record_audit(actor=by, action="address_works_again", subject=str(Member.objects.get(pk=member_id)))
    return True


@transaction.atomic
def add_position(position: Position, *, by: AbstractUser) -> Position:
    """Write down where a member stands, with whoever found it out."""
    position.added_by_id = by.pk
    return _save(position, by, "add_position")


@transaction.atomic
def change_position(position: Position, *, by: AbstractUser) -> Position:
    """Put right what is written down; who added it stays."""
    return _save(position, by, "change_position")


@transaction.atomic
def delete_position(position: Position, *, by: AbstractUser) -> None:
    """Take it away. The one before it is then where the member stands."""
    subject = _about(position)
    position.delete()
    purge_pages()
    record_audit(actor=by, action="delete_position", subject=subject)


def _save(position: Position, by: AbstractUser, action: str) -> Position:
    position.full_clean()
    position.save()
    purge_pages()
    record_audit(actor=by, action=action, subject=_about(position))
    return position


def _about(position: Position) -> str:
    return f"{position}, {position.campaign.title}"
