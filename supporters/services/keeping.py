"""How long people are kept who do nothing any more, and who is forgotten at once."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.utils.translation import gettext_noop as _

from supporters.models import ConsentRecord, CurrentConsent, ImportChange, Supporter
from supporters.retention import retention_rule, without_actions
from supporters.services.people import delete_supporters

# As long as an import can be undone, it can also be mended: the people in it may yet be asked.
KEEP_IMPORTED: Final = timedelta(days=30)
# Whoever does something at this very moment is looked at in the next run.
AT_REST: Final = timedelta(minutes=5)

DETAILS: Final = tuple(
    f"supporters.Supporter.{name}"
    for name in (
        "name",
        "email",
        "phone",
        "postcode",
        "email_key",
        "mailbox_key",
        "name_key",
        "phone_key",
        "postcode_key",
    )
)
Choice = ConsentRecord.Choice


def keep_supporters_for() -> timedelta:
    """How long after their own last act somebody is kept who agreed to hear from us."""
    return timedelta(days=settings.KEEP_SUPPORTERS_DAYS)


@retention_rule(
    "supporters.unconnected",
    what=_("Your name, e-mail address, telephone number and postcode as a supporter"),
    fields=DETAILS,
    until=_("nothing they did is left, unless they agreed to hear from us (30 days for people a list brought in)"),
)
def forget_unconnected_supporters() -> int:
    """Delete people we have no reason to know: no action of theirs is left, and no consent stands.

    The retention of each action leaves such records behind, and so does a consent taken back. How many.
    """
    lately_imported = ImportChange.objects.filter(supporter=OuterRef("pk"), job__created_at__gt=Now() - KEEP_IMPORTED)
    return delete_supporters(
        without_actions(Supporter.objects.filter(merged_into=None, last_act_at__lt=Now() - AT_REST))
        .exclude(Exists(CurrentConsent.objects.filter(supporter=OuterRef("pk"), choice=Choice.GIVEN)))
        .exclude(Exists(lately_imported))
    )


@retention_rule(
    "supporters.silent",
    what=_("Your name, e-mail address, telephone number and postcode, if you agreed to hear from us"),
    fields=DETAILS,
    until=_("12 months after their own last act at the latest, asked a month before whether they wish to stay"),
)
def forget_silent_supporters() -> int:
    """Delete people who have done nothing here for KEEP_SUPPORTERS_DAYS, whatever they once agreed to; how many."""
    return delete_supporters(Supporter.objects.filter(merged_into=None, last_act_at__lt=Now() - keep_supporters_for()))
