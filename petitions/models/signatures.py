"""Who signed what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from petitions.models.pages import PetitionPage
from supporters.crypto.fields import EncryptedTextField
from supporters.models import Action, ActionState
from supporters.models.one_action import kept_on_the_original


class ShownAs(models.TextChoices):
    """How a signer wishes to appear in public. Not at all, unless they say otherwise."""

    NOT_SHOWN = "not_shown", _("Do not show me")
    FIRST_NAME = "first_name", _("First name only")
    INITIALS = "initials", _("Initials only")
    FULL_NAME = "full_name", _("Full name")


class CommentState(models.TextChoices):
    """Where a comment stands. Only approved ones are ever public."""

    NONE = "none", _("No comment")
    WAITING = "waiting", _("Waiting for a moderator")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class SignatureQuerySet(models.QuerySet["Signature"]):
    def confirmed(self) -> "SignatureQuerySet":
        return self.filter(state=ActionState.CONFIRMED)

    def awaiting_moderation(self) -> "SignatureQuerySet":
        return self.confirmed().filter(comment_state=CommentState.WAITING)

    def with_public_comment(self) -> "SignatureQuerySet":
        return self.confirmed().filter(comment_state=CommentState.APPROVED).exclude(shown_as=ShownAs.NOT_SHOWN)


class Signature(Action):
    """One person's signature on one petition."""

    # Every index below begins with the petition; one more on it alone would only slow signing down.
    petition = models.ForeignKey(PetitionPage, on_delete=models.PROTECT, related_name="signatures", db_index=False)
    household_slot = models.PositiveSmallIntegerField(
        db_default=1, help_text="2 for the second member of a household who shares the address of the first."
    )
    shown_as = models.CharField(max_length=12, choices=ShownAs, db_default=ShownAs.NOT_SHOWN)
    comment = EncryptedTextField()
    comment_state = models.CharField(max_length=10, choices=CommentState, db_default=CommentState.NONE)

    objects: ClassVar[models.Manager["Signature"]] = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "person_key"],
                name="petitions_signature_once_per_person",
                violation_error_message="This person has signed this petition already.",
            ),
            models.CheckConstraint(
                condition=Q(household_slot__in=[1, 2]),
                name="petitions_signature_two_per_household",
                violation_error_message="At most two people can sign with one e-mail address.",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", confirmed_at__isnull=True, withdrawn_at__isnull=True)
                | Q(state="confirmed", confirmed_at__isnull=False, withdrawn_at__isnull=True)
                | Q(state="withdrawn", withdrawn_at__isnull=False),
                name="petitions_signature_state_has_its_times",
                violation_error_message="A signature's state and its dates must agree.",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn")
                | Q(
                    person_key__isnull=True,
                    name__isnull=True,
                    email__isnull=True,
                    postcode__isnull=True,
                    comment__isnull=True,
                    supporter__isnull=True,
                ),
                name="petitions_signature_withdrawn_is_forgotten",
                violation_error_message="A withdrawn signature keeps nothing about the person.",
            ),
            models.CheckConstraint(
                condition=Q(shown_as__in=["not_shown", "first_name", "initials", "full_name"]),
                name="petitions_signature_known_display",
                violation_error_message="Choose one of the listed ways to be shown.",
            ),
            models.CheckConstraint(
                condition=Q(comment_state="none", comment__isnull=True)
                | ~Q(comment_state="none") & Q(comment__isnull=False),
                name="petitions_signature_comment_has_state",
                violation_error_message="A comment waits for a moderator before it is shown.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["petition", "confirmed_at"],
                name="petitions_signature_confirmed",
                condition=Q(confirmed_at__isnull=False),
            ),
            models.Index(
                fields=["petition", "withdrawn_at"],
                name="petitions_signature_withdrawn",
                condition=Q(withdrawn_at__isnull=False),
            ),
            models.Index(
                fields=["petition", "comment_state", "confirmed_at"],
                name="petitions_signature_comments",
                condition=~Q(comment_state="none"),
            ),
            models.Index(fields=["created_at"], name="petitions_signature_created"),
        ]
        triggers = [kept_on_the_original("petition_id")]
        permissions = [
            ("moderate_comments", "Can approve and refuse comments"),
            ("export_signatures", "Can make a hand-in pack with signers' names"),
        ]
