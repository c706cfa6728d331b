"""One record per person, and the addresses we must never write to again."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from supporters.crypto.fields import EncryptedTextField


class Supporter(models.Model):
    """A person who confirmed their address on some action. Known by ``email_key`` alone.

    The other keys are blind indexes as well: they find people by an exact name, phone or postcode, and
    raise the suspicion that two records are one person. Write a person's details through
    supporters.services.people, which keeps the keys in step with what they are made of.

    A record that was merged into another stays as a signpost from its address, and holds nothing else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email_key = models.BinaryField(max_length=32, editable=False)
    mailbox_key = models.BinaryField(max_length=32, null=True, editable=False)
    name_key = models.BinaryField(max_length=32, null=True, editable=False)
    phone_key = models.BinaryField(max_length=32, null=True, editable=False)
    postcode_key = models.BinaryField(max_length=32, null=True, editable=False)
    name = EncryptedTextField()
    email = EncryptedTextField()
    phone = EncryptedTextField()
    postcode = EncryptedTextField()
    country = models.CharField(max_length=2, blank=True)
    constituency_code = models.CharField(max_length=9, blank=True)
    language = models.CharField(max_length=10, default="en")
    source = models.CharField(
        max_length=80, blank=True, help_text="Where this person first came from: a campaign or a link tag."
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.CASCADE, related_name="merged_records"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    last_act_at = models.DateTimeField(
        db_default=Now(), editable=False, help_text="When this person last did something here themselves."
    )
    last_contacted_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When a mailing last left for this person."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email_key"],
                name="supporters_supporter_one_per_address",
                violation_error_message="This address already has a supporter record.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | Q(name__isnull=True, email__isnull=True, phone__isnull=True, postcode__isnull=True),
                name="supporters_supporter_merged_is_empty",
                violation_error_message="A record that was merged into another keeps nothing about the person.",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")),
                name="supporters_supporter_not_into_itself",
                violation_error_message="A record cannot be merged into itself.",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "id"], name="supporters_supporter_newest"),
            models.Index(fields=["last_act_at"], name="supporters_supporter_last_act"),
            # For filters: only what few people have in common; a list of the rest is found by its date soon enough.
            models.Index(
                fields=["constituency_code", "-created_at"],
                name="supporters_supporter_seat",
                condition=~Q(constituency_code=""),
            ),
            models.Index(
                fields=["country", "-created_at"], name="supporters_supporter_abroad", condition=~Q(country="GB")
            ),
            models.Index(
                fields=["language", "-created_at"], name="supporters_supporter_language", condition=~Q(language="en")
            ),
            models.Index(
                fields=["mailbox_key"], name="supporters_supporter_mailbox", condition=Q(mailbox_key__isnull=False)
            ),
            models.Index(fields=["phone_key"], name="supporters_supporter_phone", condition=Q(phone_key__isnull=False)),
            models.Index(
                fields=["name_key", "postcode_key"],
                name="supporters_supporter_namesake",
                condition=Q(name_key__isnull=False),
            ),
        ]
        permissions = [
            ("export_supporters", "Can export supporters"),
            ("export_sensitive_columns", "Can export phone numbers and postcodes"),
            ("import_supporters", "Can import supporters"),
            ("merge_supporters", "Can merge two records of one person"),
            ("erase_supporters", "Can erase a person on their request"),
            ("send_mailings", "Can write to supporters who agreed to it"),
            ("view_delivery_health", "Can see how mail is delivered"),
        ]

    def __str__(self) -> str:
        # Shown in lists, logs and error pages: must never be a name or an address.
        return f"Supporter {str(self.pk)[:8]}"


class Suppression(models.Model):
    """An address that must not be written to, kept as a keyed hash so that it outlives erasure.

    Somebody who asked us to stop still gets the mails that their own act asks for, such as the button
    that confirms a new signature; the other reasons stop every mail. See supporters.suppression.
    """

    class Reason(models.TextChoices):
        ASKED = "asked", _("The person asked us to stop")
        COMPLAINED = "complained", _("The person marked our mail as spam")
        BOUNCED = "bounced", _("The address does not accept mail")
        BLOCKED = "blocked", _("An organiser, or the person, blocked this address for every mail")

    email_key = models.BinaryField(max_length=32, unique=True, editable=False)
    reason = models.CharField(max_length=12, choices=Reason)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason__in=["asked", "bounced", "complained", "blocked"]),
                name="supporters_suppression_known_reason",
                violation_error_message="Choose one of the listed reasons.",
            ),
        ]

    def __str__(self) -> str:
        return f"Suppression {self.pk} ({self.reason})"
