"""Taking supporters out of the site, and bringing them in: each a job that says who, why and how many."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from supporters.crypto.fields import EncryptedTextField
from supporters.models.consent import ConsentText
from supporters.models.people import Supporter
from supporters.models.segments import Segment


class ExportState(models.TextChoices):
    """Where an export stands."""

    QUEUED = "queued", "Waiting for the worker"
    RUNNING = "running", "Being written"
    READY = "ready", "Ready to download, once"
    TAKEN = "taken", "Downloaded; the file is gone"
    FAILED = "failed", "Failed"
    EXPIRED = "expired", "Nobody fetched it in time; the file is gone"
    WITHDRAWN = "withdrawn", "The file was deleted because somebody in it was erased"


class ExportJob(models.Model):
    """One file of people's data: who asked for it and why, what it holds, and when it is gone.

    The file lies encrypted in the ``private`` storage under ``file_name``; ``file_key`` opens it, and is
    wiped with the file. A database without its keyring opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    purpose = models.CharField("what is it for?", max_length=300)
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    criteria = models.JSONField(
        default=dict, blank=True, help_text="The segment as it was when the export was asked for."
    )
    preset = models.CharField(max_length=20)
    file_format = models.CharField(max_length=8)
    cell_mode = models.CharField(max_length=12, default="spreadsheet")
    with_sensitive = models.BooleanField(default=False)
    with_never_asked = models.BooleanField(default=False)
    age_recipient = models.CharField(
        max_length=200, blank=True, help_text="The receiver's public age key; only they can then open the file."
    )
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.QUEUED, editable=False)
    rows_total = models.PositiveIntegerField(null=True, editable=False)
    rows_done = models.PositiveIntegerField(default=0, editable=False)
    problem = models.CharField(max_length=200, blank=True, editable=False, help_text="Why it failed. Nothing personal.")
    file_name = models.CharField(max_length=120, blank=True, editable=False)
    file_key = EncryptedTextField(editable=False)
    size = models.PositiveBigIntegerField(null=True, editable=False, help_text="In bytes, as downloaded.")
    sha256 = models.BinaryField(max_length=32, null=True, editable=False, help_text="Of the file as downloaded.")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False, db_index=True)
    taken_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose=""),
                name="supporters_exportjob_has_purpose",
                violation_error_message="Say what the export is for.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["running", "ready"]) | Q(file_name="", file_key__isnull=True),
                name="supporters_exportjob_file_gone_when_over",
                violation_error_message="An export that is over keeps no file and no key.",
            ),
        ]

    def __str__(self) -> str:
        return f"Export {str(self.pk)[:8]}"


class ImportState(models.TextChoices):
    """Where an import stands."""

    UPLOADED = "uploaded", "Uploaded: say which column is what"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked: look at what would change"
    APPLYING = "applying", "Being written"
    APPLIED = "applied", "Done"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"
    FAILED = "failed", "Failed"
    DISCARDED = "discarded", "Discarded"


class ImportJob(models.Model):
    """One file of people brought in: from the upload to the day it can no longer be undone.

    The file lies encrypted in the ``private`` storage until it has been applied or discarded.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    purpose = models.CharField(
        "where does this list come from?", max_length=300, help_text="For example 'sign-up sheets of the May meeting'."
    )
    consent_text = models.ForeignKey(
        ConsentText,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The exact words these people agreed to. Without them, a yes in the file is not taken over.",
    )
    file_format = models.CharField(max_length=8)
    mapping = models.JSONField(default=dict, blank=True, help_text="Our field for each column of the file.")
    headings = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED, editable=False)
    rows_total = models.PositiveIntegerField(null=True, editable=False)
    rows_done = models.PositiveIntegerField(default=0, editable=False)
    counts = models.JSONField(default=dict, blank=True, editable=False, help_text="How many of each outcome.")
    problem = models.CharField(max_length=200, blank=True, editable=False)
    file_name = models.CharField(max_length=120, blank=True, editable=False)
    file_key = EncryptedTextField(editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, editable=False)
    undo_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose=""),
                name="supporters_importjob_has_purpose",
                violation_error_message="Say where the list comes from.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["uploaded", "checking", "checked", "applying"])
                | Q(file_name="", file_key__isnull=True),
                name="supporters_importjob_file_gone_when_over",
                violation_error_message="An import that is over keeps no file and no key.",
            ),
        ]

    def __str__(self) -> str:
        return f"Import {str(self.pk)[:8]}"


class ImportChange(models.Model):
    """What an import did to one person, so that it can be undone for 30 days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="changes")
    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="import_changes")
    row_number = models.PositiveIntegerField(help_text="In the file, headings not counted.")
    is_new = models.BooleanField()
    before = EncryptedTextField(help_text="The values that were replaced, as JSON.")
    after = EncryptedTextField(help_text="The values they were replaced with, as JSON.")
    consent_ids = models.JSONField(default=list, blank=True, help_text="The consent records it added.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "row_number"], name="supporters_importchange_one_per_row"),
        ]

    def __str__(self) -> str:
        return f"Row {self.row_number} of {self.job}"


class ImportProblem(models.Model):
    """A row, or a cell, that was not taken over, and why. Says nothing of what stood in it."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="problems")
    row_number = models.PositiveIntegerField()
    column = models.CharField(max_length=120, blank=True)
    message = models.CharField(max_length=200)

    class Meta:
        ordering = ["row_number", "pk"]

    def __str__(self) -> str:
        return f"Row {self.row_number}: {self.message}"
