"""Rate limits without stored addresses."""

from django.db import models


class LimitBucket(models.Model):
    """How far ahead of its allowance one keyed hash is (GCRA, ITU-T I.371 annex A).

    The table is unlogged: a crash of the database empties it, which is no loss, and no write-ahead
    log or replica ever holds it.
    """

    key = models.BinaryField(primary_key=True, max_length=32, editable=False)
    full_until = models.DateTimeField(help_text="When the bucket will be empty again.")
    granted = models.PositiveIntegerField(help_text="How many of the last requests asked for were granted.")

    def __str__(self) -> str:
        return "Limit bucket"


class LimitKey(models.Model):
    """The key that network addresses are hashed with, for one day; deleted when the day is over."""

    day = models.DateField(primary_key=True)
    secret = models.BinaryField(max_length=32, editable=False)

    def __str__(self) -> str:
        return f"Limit key of {self.day}"
