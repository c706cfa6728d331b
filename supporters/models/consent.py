"""What people were asked, in the exact words, and what they answered."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from supporters.models.people import Supporter


class Purpose(models.TextChoices):
    """What a consent is for. One unticked box each."""

    UPDATES = "updates", _("Updates from the campaign")
    TAKING_PART = "taking_part", _("Invitations to take part: events, volunteering, talking to MPs")


class ConsentText(models.Model):
    """One wording of one question. Cannot be changed once it has been shown to people."""

    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.UPDATES)
    version = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=10, default="en", help_text="The language it is written in.")
    wording = models.TextField(
        help_text="The sentence beside the box, as people will read it. Say who writes, about what, and how to stop."
    )
    controller = models.CharField(
        max_length=200, help_text="The organisation that is responsible for the data, by its full name."
    )
    published_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was first used. From then on it cannot be changed."
    )

    class Meta:
        ordering = ["purpose", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "language", "controller", "version"],
                name="supporters_consenttext_one_per_version",
                violation_error_message="This version of the wording exists already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(wording="") & ~models.Q(controller=""),
                name="supporters_consenttext_says_something",
                violation_error_message="Write the wording, and name the organisation responsible.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="immutable_once_published",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, version {self.version} ({self.language}), {self.controller}"


def counterpart_in(language: str, text: ConsentText | None, *, kept: ConsentText | None = None) -> ConsentText | None:
    """What asks the same as ``text`` in ``language``: ``kept`` if it does, else the newest; without one, ``text``."""
    if text is None or text.language == language:
        return text
    asked = (text.purpose, text.controller, language)
    if kept is not None and (kept.purpose, kept.controller, kept.language) == asked:
        return kept
    same = ConsentText.objects.filter(purpose=text.purpose, controller=text.controller, language=language)
    return same.order_by("-version").first() or text


# Who agreed to what at this moment, kept by the database itself with every change of the ledger: nobody
# can set it, and no code can forget to. Of answers to one purpose the one asked last counts.
KEEP_CURRENT = """
WITH touched AS (SELECT DISTINCT supporter_id FROM {rows}),
newest AS (
    SELECT DISTINCT ON (r.supporter_id, t.purpose) r.supporter_id, t.purpose, r.choice, r.id, r.asked_at
    FROM supporters_consentrecord r JOIN supporters_consenttext t ON t.id = r.text_id
    WHERE r.supporter_id IN (SELECT supporter_id FROM touched)
    ORDER BY r.supporter_id, t.purpose, r.asked_at DESC, r.id DESC
),
gone AS (
    DELETE FROM supporters_currentconsent c USING touched
    WHERE c.supporter_id = touched.supporter_id
      AND NOT EXISTS (SELECT 1 FROM newest n WHERE n.supporter_id = c.supporter_id AND n.purpose = c.purpose)
)
INSERT INTO supporters_currentconsent (supporter_id, purpose, choice, record_id, asked_at)
SELECT supporter_id, purpose, choice, id, asked_at FROM newest
ON CONFLICT (supporter_id, purpose) DO UPDATE
SET choice = excluded.choice, record_id = excluded.record_id, asked_at = excluded.asked_at;
RETURN NULL;
"""


def _keep_current() -> list[pgtrigger.Trigger]:
    """One trigger for each way a ledger can change; people come in by the hundred thousand, so one run a statement."""
    ways = [
        ("current_after_insert", pgtrigger.Insert, pgtrigger.Referencing(new="new_rows"), "new_rows"),
        ("current_after_delete", pgtrigger.Delete, pgtrigger.Referencing(old="old_rows"), "old_rows"),
        (
            "current_after_update",
            pgtrigger.Update,
            pgtrigger.Referencing(old="old_rows", new="new_rows"),
            "(SELECT supporter_id FROM old_rows UNION SELECT supporter_id FROM new_rows) AS changed",
        ),
    ]
    return [
        pgtrigger.Trigger(
            name=name,
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=KEEP_CURRENT.format(rows=rows),
        )
        for name, operation, referencing, rows in ways
    ]


class ConsentRecord(models.Model):
    """One answer of one person to one wording. Only ever added to: a change of mind is a new row."""

    class Choice(models.TextChoices):
        GIVEN = "given", "Given"
        WITHDRAWN = "withdrawn", "Withdrawn"

    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice)
    method = models.CharField(max_length=40, help_text="How it was given, for example 'web form'.")
    # Nothing may change a record, so the key of a page stays here after the page is deleted.
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    # The same holds for the account of an organiser who wrote down what somebody told them.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        help_text="The organiser who recorded it; empty when the person did it themselves.",
    )
    note = models.CharField(
        max_length=200,
        blank=True,
        db_default="",
        help_text="Where the proof is, for example 'paper list of 3 May'. Nothing personal.",
    )
    asked_at = models.DateTimeField(help_text="When the person ticked or unticked the box.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(choice__in=["given", "withdrawn"]),
                name="supporters_consentrecord_known_choice",
                violation_error_message="A consent is either given or withdrawn.",
            ),
        ]
        triggers = [
            # Erasing a person lifts this trigger by name for its own transaction; nothing else may.
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            *_keep_current(),
        ]

    def __str__(self) -> str:
        return f"Consent {self.pk} ({self.choice})"


class CurrentConsent(models.Model):
    """What a person's ledger comes to for one purpose. Written by the ledger's triggers alone.

    No row means that the person was never asked, or never ticked the box.
    """

    supporter = models.ForeignKey(
        Supporter, on_delete=models.CASCADE, related_name="current_consents", db_index=False, editable=False
    )
    purpose = models.CharField(max_length=20, choices=Purpose, editable=False)
    choice = models.CharField(max_length=10, choices=ConsentRecord.Choice, editable=False)
    record = models.ForeignKey(
        ConsentRecord,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
        editable=False,
    )
    asked_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "purpose"],
                name="supporters_currentconsent_one_per_purpose",
                violation_error_message="A person has one standing answer for each purpose.",
            ),
        ]
        indexes = [
            models.Index(fields=["purpose", "choice", "supporter"], name="supporters_currentconsent_who"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.choice}"
