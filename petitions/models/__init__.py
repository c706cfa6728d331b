from petitions.models.pages import (
    Endorsement,
    Milestone,
    PetitionFootnote,
    PetitionPage,
    PetitionState,
    PetitionUpdate,
)
from petitions.models.signatures import CommentState, ShownAs, Signature
from petitions.models.totals import PaperSignatures, PetitionTotals

__all__ = [
    "CommentState",
    "Endorsement",
    "Milestone",
    "PaperSignatures",
    "PetitionFootnote",
    "PetitionPage",
    "PetitionState",
    "PetitionTotals",
    "PetitionUpdate",
    "ShownAs",
    "Signature",
]
