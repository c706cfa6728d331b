"""What every public action has in common, whatever was done."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from supporters.crypto.fields import EncryptedTextField
from supporters.models.consent import ConsentText
from supporters.models.people import Supporter


class ActionState(models.TextChoices):
    """Where an action stands. Only confirmed actions count."""

    PENDING = "pending", _("Waiting for the address to be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn by the person")


class Action(models.Model):
    """Something one person did on one page.

    What was typed stays here until the address is confirmed; only then is a supporter record made or
    brought up to date, so that nobody can write into a stranger's record by knowing their address.
    """

    # Whether a newer directory of postcodes may give a row another seat; not where the seat is part of what was done.
    seat_follows_postcode: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_key = models.BinaryField(
        max_length=32,
        null=True,
        editable=False,
        help_text="Keyed hash that lets one person act once on one page. Empty once they withdrew.",
    )
    supporter = models.ForeignKey(
        Supporter, null=True, blank=True, on_delete=models.SET_NULL, related_name="%(class)ss", editable=False
    )
    state = models.CharField(max_length=10, choices=ActionState, db_default=ActionState.PENDING)
    name = EncryptedTextField()
    email = EncryptedTextField()
    postcode = EncryptedTextField()
    country = models.CharField(max_length=2, db_default="GB")
    constituency_code = models.CharField(max_length=9, blank=True, db_default="")
    language = models.CharField(max_length=10, db_default="en")
    source = models.CharField(max_length=80, blank=True, db_default="")
    wants_updates = models.BooleanField(db_default=False)
    consent_text = models.ForeignKey(
        ConsentText,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="The wording shown beside the box, ticked or not.",
    )
    ticked_texts = ArrayField(
        models.BigIntegerField(),
        default=list,
        db_default=[],
        blank=True,
        editable=False,
        help_text="Keys of the further wordings whose box was ticked; empty once the answers are in the ledger.",
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        # Shown in lists, logs and error pages: must never be a name or an address.
        return f"{type(self).__name__} {str(self.pk)[:8]}"
