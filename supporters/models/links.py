"""Links in mails: a random token whose hash alone is stored."""

from django.db import models
from django.db.models.functions import Now


class Link(models.Model):
    """What the holder of one token may do. The token itself exists only in the mail."""

    token_hash = models.BinaryField(primary_key=True, max_length=32, editable=False)
    purpose = models.CharField(max_length=40)
    subject_id = models.UUIDField(db_index=True, help_text="The row the link acts on.")
    expires_at = models.DateTimeField(db_index=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"Link to {self.purpose}"
