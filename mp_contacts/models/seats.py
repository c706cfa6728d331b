"""Who represents whom: the seats of the House of Commons and the people who hold them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Country(models.TextChoices):
    """The part of the United Kingdom a seat is in."""

    ENGLAND = "england", "England"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"


class Region(models.TextChoices):
    """The English regions and the three other countries (ONS, International Territorial Level 1)."""

    NORTH_EAST = "north_east", _("North East")
    NORTH_WEST = "north_west", _("North West")
    YORKSHIRE = "yorkshire", _("Yorkshire and The Humber")
    EAST_MIDLANDS = "east_midlands", _("East Midlands")
    WEST_MIDLANDS = "west_midlands", _("West Midlands")
    EAST = "east", _("East of England")
    LONDON = "london", _("London")
    SOUTH_EAST = "south_east", _("South East")
    SOUTH_WEST = "south_west", _("South West")
    WALES = "wales", _("Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern_ireland", _("Northern Ireland")


class Constituency(models.Model):
    """One seat, known by its ONS code; names differ between sources and are for people to read.

    Invented seats, as in the demo, have codes that begin with X.
    """

    code = models.CharField(max_length=9, primary_key=True, help_text="The ONS code, such as E14001063.")
    name = models.CharField(max_length=100)
    name_cy = models.CharField("name in Welsh", max_length=100, blank=True)
    country = models.CharField(max_length=20, choices=Country)
    region = models.CharField(max_length=20, choices=Region)
    parliament_id = models.PositiveIntegerField(
        null=True, blank=True, unique=True, editable=False, help_text="Parliament's own number for the seat."
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "constituencies"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[ENSWX]\d{8}$"),
                name="mp_contacts_constituency_code_is_one",
                violation_error_message="A constituency code is a letter and eight digits, such as E14001063.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    def sitting(self) -> "MemberQuerySet":
        """Those who hold a seat now, with it."""
        return self.filter(constituency__isnull=False).select_related("constituency")


class Member(models.Model):
    """A member of Parliament, or somebody who was one. Public facts, and what organisers added to them.

    A sync writes the first group of fields and never the second.
    """

    parliament_id = models.PositiveIntegerField(
        null=True, blank=True, unique=True, help_text="Parliament's own number for the person."
    )
    name = models.CharField(max_length=120, help_text="As people say it, such as 'Jo Example'.")
    sort_name = models.CharField(max_length=120, help_text="As lists are sorted, such as 'Example, Jo'.")
    address_name = models.CharField(
        max_length=160, blank=True, help_text="As an envelope says it, such as 'Ms Jo Example MP'."
    )
    party = models.CharField(max_length=80)
    email = models.EmailField("published address", blank=True, help_text="The office's address as Parliament gives it.")
    constituency = models.OneToOneField(
        Constituency,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="member",
        help_text="The seat held now; empty for somebody who left.",
    )
    started_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    own_email = models.EmailField(
        "address to use instead", blank=True, help_text="Where letters go instead of the published address."
    )
    is_opted_out = models.BooleanField(
        "takes no letters from us", default=False, help_text="People are shown the other ways to write instead."
    )
    opt_out_reason = models.CharField(max_length=300, blank=True, help_text="Why, and since when.")
    note = models.TextField(blank=True, help_text="For organisers only.")
    failing_since = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the office's address began to refuse letters."
    )
    failure = models.CharField(max_length=200, blank=True, editable=False, help_text="What its mail server said.")
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager["Member"]] = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(constituency__isnull=True) | Q(left_on__isnull=True),
                name="mp_contacts_member_left_holds_no_seat",
                violation_error_message="Somebody who left holds no seat.",
            ),
            models.CheckConstraint(
                condition=Q(is_opted_out=False) | ~Q(opt_out_reason=""),
                name="mp_contacts_member_opt_out_has_reason",
                violation_error_message="Say why this member takes no letters from us, and since when.",
            ),
        ]
        permissions = [("print_briefings", "Can print briefing sheets about members of Parliament")]

    def __str__(self) -> str:
        return self.name

    @property
    def letter_address(self) -> str:
        """Where letters go; empty when no address is known."""
        return self.own_email or self.email


class MemberSync(models.Model):
    """One reading of the list of members: how far it came, and what it found to be different."""

    class State(models.TextChoices):
        RUNNING = "running", "Under way"
        DONE = "done", "Done"
        REFUSED = "refused", "Refused: it would have changed too much"
        FAILED = "failed", "Failed"

    source = models.CharField(max_length=200, help_text="Parliament's service, or the name of a file.")
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    is_forced = models.BooleanField(default=False)
    next_page = models.PositiveIntegerField(default=0, help_text="Where an interrupted reading goes on.")
    people = models.JSONField(default=list, help_text="What was read so far; emptied when it is done.")
    report = models.JSONField(default=dict, help_text="What was different, in the words of mp_contacts.services.")
    trouble = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state="running"),
                name="mp_contacts_membersync_one_at_a_time",
                violation_error_message="The list of members is being read already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Sync {self.pk} ({self.state})"
