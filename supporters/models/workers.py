"""Signs of life from the worker."""

from django.db import models


class WorkerHeartbeat(models.Model):
    """When a named loop of some worker last went round."""

    name = models.CharField(primary_key=True, max_length=40)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
