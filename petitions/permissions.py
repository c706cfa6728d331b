"""What an organiser may do with signatures, each thing a permission of its own."""

from typing import Final

VIEW_SIGNATURE: Final = "petitions.view_signature"
MODERATE_COMMENTS: Final = "petitions.moderate_comments"
EXPORT_SIGNATURES: Final = "petitions.export_signatures"
