"""Saved questions about who the supporters are."""

import uuid

from django.conf import settings
from django.db import models


class Segment(models.Model):
    """A named choice of supporters, worked out anew each time it is used.

    ``criteria`` holds only what supporters.segments understands, and nothing about any one person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True, help_text="What colleagues will choose it by.")
    criteria = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
