"""Two records that a person found to be one, made one; and taken apart again."""

from supporters.services.merging.parting import UndoRefused, undo_merge
from supporters.services.merging.uniting import MERGED, MergeRefused, merge_supporters

__all__ = ["MERGED", "MergeRefused", "UndoRefused", "merge_supporters", "undo_merge"]
