"""Somebody who asked what we hold about them."""

import uuid

from django.db import models
from django.db.models.functions import Now

from supporters.crypto.fields import EncryptedTextField


class PrivacyVisit(models.Model):
    """The address that one link to the privacy page is for. It lives as long as the link: an hour.

    Made by the worker, and only when something is held for the address.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = EncryptedTextField()
    language = models.CharField(max_length=10, default="en")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"Privacy visit {str(self.pk)[:8]}"
