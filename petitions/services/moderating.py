"""What organisers decide: which comments are shown, and what was signed on paper."""

from django.db import transaction

from home.models import User
from petitions.models import CommentState, PaperSignatures, PetitionPage, Signature
from supporters.audit import record_audit
from supporters.page_notices import purge_pages


@transaction.atomic
def approve_comment(*, signature: Signature, seen: str = CommentState.WAITING) -> bool:
    """Let the public read a comment. Nothing is shown that nobody approved.

    False when it is not in the state it was ``seen`` in any more: a colleague decided meanwhile, or
    the signer withdrew.
    """
    return _decide(signature, CommentState.APPROVED, seen)


@transaction.atomic
def refuse_comment(*, signature: Signature, seen: str = CommentState.WAITING) -> bool:
    """Keep a comment from the public. The signature counts all the same. False as in `approve_comment`."""
    return _decide(signature, CommentState.REFUSED, seen)


@transaction.atomic
def add_paper_signatures(*, petition: PetitionPage, number: int, note: str, added_by: User) -> PaperSignatures:
    """Add a batch collected on paper; the next count, seconds later, includes it."""
    batch = PaperSignatures(petition=petition, number=number, note=note, added_by=added_by)
    batch.full_clean()
    batch.save()
    return batch


@transaction.atomic
def remove_paper_signatures(*, batch: PaperSignatures, removed_by: User) -> None:
    """Take back a batch that was entered by mistake; the audit trail keeps how many it was, and for what."""
    subject = f"{batch.petition.title} ({batch.note})"
    number = batch.number
    batch.delete()
    record_audit(actor=removed_by, action="remove_paper_signatures", subject=subject, count=number)


def _decide(signature: Signature, state: CommentState, seen: str) -> bool:
    # One conditional update: of two colleagues who press at once, one decides and the other is told.
    # Only what is there and confirmed can be decided on; a withdrawn comment is gone.
    changed = (
        Signature.objects.confirmed()
        .filter(pk=signature.pk, comment_state=seen)
        .exclude(comment_state=CommentState.NONE)
        .update(comment_state=state)
    )
    if changed:
        purge_pages()
    return bool(changed)
