"""Signs of life from the worker."""

from django.db import models


class WorkerHeartbeat(models.Model):
    """When a named loop of some worker last went round."""

    name = models.CharField(primary_key=True, max_length=40)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PurgeRun(models.Model):
    """What one run of the retention rules did: how many rows each rule forgot. Says nothing about whom."""

    started_at = models.DateTimeField(db_index=True)
    finished_at = models.DateTimeField(null=True)
    forgotten = models.JSONField(default=dict, help_text="How many rows, by the name of the rule.")
    failed = models.JSONField(default=list, help_text="Names of the rules that could not be carried out.")

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"Purge of {self.started_at:%Y-%m-%d %H:%M}"
