"""Who wrote to whom, what became of it, and what the member answered."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mp_contacts.models.pages import LetterPage
from mp_contacts.models.seats import Member
from supporters.crypto.fields import EncryptedTextField
from supporters.models import Action
from supporters.models.one_action import kept_on_the_original


class LetterStage(models.TextChoices):
    """How far a letter has come. The last four are its end."""

    UNCONFIRMED = "unconfirmed", _("Waiting for the writer to confirm")
    HELD = "held", _("Held for an organiser to look at")
    QUEUED = "queued", _("Waiting for its turn")
    SENDING = "sending", _("On its way to our mail server")
    SENT = "sent", _("Handed to the mail server")
    DELIVERED = "delivered", _("Sent, and no trouble was reported")
    RETURNED = "returned", _("Could not be delivered; back with the writer")
    REFUSED = "refused", _("Refused by an organiser; back with the writer")
    STOPPED = "stopped", _("Taken back before it was sent")


SETTLED_STAGES = [LetterStage.DELIVERED, LetterStage.RETURNED, LetterStage.REFUSED, LetterStage.STOPPED]


class HoldReason(models.TextChoices):
    """Why a person looks at a letter before it leaves."""

    FLOOD = "flood", "Many letters nearly the same as this one"
    THREAT = "threat", "Words that may be a threat"
    LINKS = "links", "Links in the letter"
    OTHER_SEAT = "other_seat", "The same person wrote to another constituency's MP"
    OTHER_POSTCODE = "other_postcode", "The postal address names a postcode in another constituency"
    FROM_THE_MEMBER = "from_the_member", "The writer's address is the member's own"


class Letter(Action):
    """One person's letter to one member, that we send for them.

    ``name``, ``email`` and ``postcode`` are what the office sees with the letter; ``language`` is what the
    writer reads. Text and postal address go a week after the letter is settled; that somebody wrote stays.
    """

    # A letter went to the member for one seat, and may not be said to have gone to another.
    seat_follows_postcode = False

    page = models.ForeignKey(LetterPage, on_delete=models.PROTECT, related_name="letters", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="letters")
    address = EncryptedTextField(help_text="The postal address, a line each, without the postcode.")
    subject = EncryptedTextField()
    body = EncryptedTextField(help_text="From the greeting to the end of the text; our name and address lines apart.")
    own_percent = models.PositiveSmallIntegerField(null=True, help_text="How much of it is not the draft's words.")
    seat_from_list = models.BooleanField(default=False, help_text="The seat was chosen, not found by the postcode.")
    fingerprint = models.BinaryField(
        null=True, editable=False, help_text="Keyed hashes of pieces of the text, to find letters that are the same."
    )
    stage = models.CharField(max_length=12, choices=LetterStage, db_default=LetterStage.UNCONFIRMED)
    hold_reasons = ArrayField(models.CharField(max_length=20, choices=HoldReason), default=list, blank=True)
    refusal = models.CharField(max_length=400, blank=True, db_default="", help_text="Why not; the writer is told.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    return_token = models.CharField(
        max_length=26,
        blank=True,
        db_default="",
        editable=False,
        help_text="Part of the address that its bounces go to.",
    )
    tries = models.PositiveSmallIntegerField(db_default=0, help_text="How often it was handed to the outbox.")
    due_at = models.DateTimeField(null=True, editable=False, help_text="Not to be sent before.")
    sent_at = models.DateTimeField(null=True, editable=False)
    bounce = models.CharField(max_length=20, blank=True, db_default="", editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    asked_once_at = models.DateTimeField(null=True, editable=False, help_text="When we asked whether the MP answered.")
    asked_twice_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "person_key", "member"],
                name="mp_contacts_letter_once_per_person_and_member",
                violation_error_message="This person has written to this member for this campaign already.",
            ),
            models.UniqueConstraint(
                fields=["return_token"],
                condition=~Q(return_token=""),
                name="mp_contacts_letter_return_address_of_its_own",
                violation_error_message="Another letter has this return address.",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", confirmed_at__isnull=True, withdrawn_at__isnull=True)
                | Q(state="confirmed", confirmed_at__isnull=False, withdrawn_at__isnull=True)
                | Q(state="withdrawn", withdrawn_at__isnull=False),
                name="mp_contacts_letter_state_has_its_times",
                violation_error_message="A letter's state and its dates must agree.",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", stage="unconfirmed")
                | Q(state="confirmed") & ~Q(stage="unconfirmed")
                | Q(state="withdrawn", stage__in=["delivered", "returned", "refused", "stopped"]),
                name="mp_contacts_letter_only_confirmed_ones_leave",
                violation_error_message="Only a letter that its writer confirmed, and did not take back, is sent.",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["delivered", "returned", "refused", "stopped"], settled_at__isnull=False)
                | ~Q(stage__in=["delivered", "returned", "refused", "stopped"]) & Q(settled_at__isnull=True),
                name="mp_contacts_letter_settled_has_time",
                violation_error_message="A settled letter says when it was settled.",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["sent", "delivered"]) | Q(sent_at__isnull=False),
                name="mp_contacts_letter_sent_has_time",
                violation_error_message="A letter that was sent says when.",
            ),
            models.CheckConstraint(
                condition=~Q(stage="held") | ~Q(hold_reasons=[]),
                name="mp_contacts_letter_held_for_a_reason",
                violation_error_message="A letter is held for a reason.",
            ),
            models.CheckConstraint(
                condition=~Q(stage="refused") | ~Q(refusal=""),
                name="mp_contacts_letter_refused_for_a_reason",
                violation_error_message="Tell the writer why the letter is not sent.",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["held", "queued", "sending"])
                | Q(body__isnull=False, address__isnull=False, email__isnull=False, name__isnull=False),
                name="mp_contacts_letter_waiting_is_whole",
                violation_error_message="A letter that waits to be sent needs its text, name and address.",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn")
                | Q(
                    person_key__isnull=True,
                    name__isnull=True,
                    email__isnull=True,
                    postcode__isnull=True,
                    address__isnull=True,
                    subject__isnull=True,
                    body__isnull=True,
                    fingerprint__isnull=True,
                    supporter__isnull=True,
                ),
                name="mp_contacts_letter_withdrawn_is_forgotten",
                violation_error_message="A letter that was taken back keeps nothing about the person.",
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "due_at"], name="mp_contacts_letter_waiting", condition=Q(settled_at=None)),
            models.Index(fields=["member", "sent_at"], name="mp_contacts_letter_paced", condition=~Q(sent_at=None)),
            models.Index(fields=["page", "confirmed_at"], name="mp_contacts_letter_counted"),
            models.Index(fields=["settled_at"], name="mp_contacts_letter_settled", condition=~Q(settled_at=None)),
            models.Index(fields=["created_at"], name="mp_contacts_letter_created"),
        ]
        triggers = [kept_on_the_original("page_id")]
        permissions = [
            ("moderate_letters", "Can release and refuse letters that are held, and read what MPs answered"),
        ]


class SelfSentLetter(models.Model):
    """Somebody told us that they wrote from their own mail. Nothing about them, and the day but not the hour."""

    page = models.ForeignKey(LetterPage, on_delete=models.CASCADE, related_name="self_sent_letters")
    constituency_code = models.CharField(max_length=9, blank=True)
    reported_on = models.DateField()

    class Meta:
        triggers = [kept_on_the_original("page_id")]

    def __str__(self) -> str:
        return f"Self-sent letter {self.pk}"


class Answer(models.TextChoices):
    """What a writer says became of their letter. A mere acknowledgement is no answer."""

    YES = "yes", "Yes, they answered what I asked"
    UNSATISFACTORY = "unsatisfactory", "They wrote back, but did not answer what I asked"
    NO = "no", "No, or only that they received it"
    NONE_EXPECTED = "none_expected", "I did not ask for an answer"


class Reply(models.Model):
    """What a writer told us about the member's answer. The last click wins.

    Outlives the letter, so that reply rates do.
    """

    class State(models.TextChoices):
        NO_TEXT = "no_text", "No text"
        WAITING = "waiting", "Waiting for an organiser"
        KEPT = "kept", "Read and kept"
        REFUSED = "refused", "Read and dropped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.OneToOneField(Letter, null=True, on_delete=models.SET_NULL, related_name="reply", editable=False)
    page = models.ForeignKey(LetterPage, on_delete=models.CASCADE, related_name="replies")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="replies")
    answer = models.CharField(max_length=16, choices=Answer)
    text = EncryptedTextField(help_text="What the member wrote, if the writer chose to show it to organisers.")
    state = models.CharField(max_length=10, choices=State, default=State.NO_TEXT)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name_plural = "replies"
        ordering = ["-answered_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["no_text", "refused"], text__isnull=True)
                | Q(state="waiting", text__isnull=False)
                | Q(state="kept"),
                name="mp_contacts_reply_text_has_state",
                violation_error_message="The text of a reply waits for an organiser; one that was dropped is gone.",
            ),
        ]

    def __str__(self) -> str:
        return f"Reply {str(self.pk)[:8]}"
