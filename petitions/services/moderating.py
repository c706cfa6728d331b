"""What organisers decide: which comments are shown, and what was signed on paper."""

from django.db import transaction

from home.models import User
from petitions.models import CommentState, PaperSignatures, PetitionPage, Signature
from supporters.page_notices import purge_pages


@transaction.atomic
def approve_comment(*, signature: Signature) -> None:
    """Let the public read a comment. Nothing is shown that nobody approved."""
    _decide(signature, CommentState.APPROVED)


@transaction.atomic
def refuse_comment(*, signature: Signature) -> None:
    """Keep a comment from the public. The signature counts all the same."""
    _decide(signature, CommentState.REFUSED)


@transaction.atomic
def add_paper_signatures(*, petition: PetitionPage, number: int, note: str, added_by: User) -> PaperSignatures:
    """Add a batch collected on paper; the next count, seconds later, includes it."""
    batch = PaperSignatures(petition=petition, number=number, note=note, added_by=added_by)
    batch.full_clean()
    batch.save()
    return batch


def _decide(signature: Signature, state: CommentState) -> None:
    # Only a comment that is there and confirmed can be decided on; a withdrawn one is gone.
    changed = (
        Signature.objects.confirmed()
        .filter(pk=signature.pk)
        .exclude(comment_state=CommentState.NONE)
        .update(comment_state=state)
    )
    if changed:
        purge_pages()
