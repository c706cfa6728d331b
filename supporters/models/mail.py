"""The outbox: every mail is a row first, written in the same transaction as what it is about."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from supporters.crypto.fields import EncryptedTextField


class MessageState(models.TextChoices):
    """Where a message stands. Everything but QUEUED is settled for good."""

    QUEUED = "queued", _("Waiting to be sent")
    SENT = "sent", _("Handed to the mail server")
    SUPPRESSED = "suppressed", _("Not sent: the address is on the suppression list")
    FAILED = "failed", _("Given up after repeated failures")
    CANCELLED = "cancelled", _("No longer needed")


class Delivery(models.TextChoices):
    """What the mail provider reported afterwards. The worst that was reported stays."""

    UNKNOWN = "", _("Nothing reported yet")
    DELIVERED = "delivered", _("Taken by the receiving server")
    BOUNCED = "bounced", _("Refused for good by the receiving server")
    COMPLAINED = "complained", _("Marked as spam")


class Message(models.Model):
    """One mail to one person. Address and body exist only until it is settled.

    A sender claims a row by pushing ``leased_until`` into the future; when it dies the lease runs out
    and another sender takes over. ``attempts`` goes up with each claim and so tells claims apart. The
    mail's Message-ID is made from the primary key, so the rare second copy is recognisably the same mail.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40, help_text="Which mail this is; names the code that writes it.")
    subject_id = models.UUIDField(help_text="The row this mail is about, for example a signature.")
    recipient = EncryptedTextField()
    body = EncryptedTextField(help_text="What the mail needs and no other row holds, as JSON; often empty.")
    mailbox_key = models.BinaryField(
        max_length=32, null=True, editable=False, help_text="Keyed hash that the daily cap counts by."
    )
    is_capped = models.BooleanField(
        default=False, help_text="Sent because of a form anyone may fill in, so it counts towards the daily cap."
    )
    state = models.CharField(max_length=10, choices=MessageState, db_default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(db_default=0)
    next_attempt_at = models.DateTimeField(db_default=Now())
    leased_until = models.DateTimeField(null=True, editable=False)
    released_at = models.DateTimeField(
        null=True, editable=False, help_text="When it last left for the mail server; the daily cap counts these."
    )
    provider_id = models.CharField(max_length=200, db_default="", blank=True)
    delivery = models.CharField(max_length=10, choices=Delivery, db_default=Delivery.UNKNOWN, blank=True)
    delivery_at = models.DateTimeField(null=True, editable=False, help_text="When the provider says it happened.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="queued") | models.Q(recipient__isnull=True, body__isnull=True),
                name="supporters_message_wiped_once_settled",
                violation_error_message="A settled message keeps neither address nor body.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="queued") | models.Q(recipient__isnull=False),
                name="supporters_message_queued_has_recipient",
                violation_error_message="A waiting message needs an address.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="queued", settled_at__isnull=True)
                | models.Q(~models.Q(state="queued"), settled_at__isnull=False),
                name="supporters_message_settled_has_time",
                violation_error_message="A settled message says when it was settled.",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="supporters_message_due", condition=models.Q(state="queued")),
            models.Index(
                fields=["mailbox_key", "released_at"],
                name="supporters_message_capped",
                condition=models.Q(is_capped=True, released_at__isnull=False),
            ),
            models.Index(fields=["subject_id", "kind"], name="supporters_message_subject"),
            models.Index(
                fields=["provider_id"], name="supporters_message_provider", condition=~models.Q(provider_id="")
            ),
        ]

    def __str__(self) -> str:
        return f"Message {str(self.pk)[:8]} ({self.kind}, {self.state})"


class DeliveryEvent(models.Model):
    """A report of the mail provider that has been dealt with, so that a second copy of it does nothing.

    Holds a hash of the report's own id and nothing about whom it concerned.
    """

    event_key = models.BinaryField(primary_key=True, max_length=32, editable=False)
    kind = models.CharField(max_length=20)
    received_at = models.DateTimeField(db_default=Now(), db_index=True, editable=False)

    def __str__(self) -> str:
        return f"Delivery event ({self.kind})"


class SoftBounce(models.Model):
    """One mail that an address did not take for now: a full mailbox, a server that was away.

    One row a mail, however often its delivery was tried. See supporters.suppression.paused_keys.
    """

    email_key = models.BinaryField(max_length=32, editable=False)
    mail_key = models.BinaryField(max_length=32, editable=False, help_text="SHA-256 of what the mail is known by.")
    happened_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email_key", "mail_key"],
                name="supporters_softbounce_once_a_mail",
                violation_error_message="This mail is counted already.",
            ),
        ]
        indexes = [models.Index(fields=["happened_at"], name="supporters_softbounce_when")]

    def __str__(self) -> str:
        return f"Soft bounce {self.pk}"


class DomainCheck(models.Model):
    """What the sending domain's DNS said when an organiser last asked."""

    domain = models.CharField(max_length=253, primary_key=True)
    checked_at = models.DateTimeField()
    findings = models.JSONField(help_text="As supporters.sending_domain words them.")

    def __str__(self) -> str:
        return self.domain
