"""What organisers put right in a person's record, on the person's word."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from supporters.audit import record_audit
from supporters.models import ConsentRecord, CurrentConsent, Supporter, Suppression
from supporters.services.consent import locked_record
from supporters.services.people import write_details
from supporters.suppression import Reason, suppress

# An address that bounced may have been mended, and who blocked one may open it. A no is the person's own.
LIFTABLE = (Reason.BOUNCED, Reason.BLOCKED)


@transaction.atomic
def correct_details(*, supporter: Supporter, details: Mapping[str, str], by: AbstractBaseUser) -> Supporter:
    """Set the ``details`` named, blanks too; whoever has not been asked about one leaves it out.

    The address is who somebody is, and cannot be corrected: a new one is a new record, merged by decision.
    """
    supporter = locked_record(supporter)
    written = {name: details[name] for name in ("name", "phone", "postcode", "country") if name in details}
    write_details(supporter, **written)
    supporter.language = details.get("language") or supporter.language
    supporter.save()
    record_audit(actor=by, action="correct_supporter", subject=str(supporter), count=1, purpose=", ".join(details))
    return supporter


@transaction.atomic
def stop_mail(*, supporter: Supporter, reason: str, by: AbstractBaseUser) -> None:
    """Let no mail go to this person's address from now on; a stronger reason that is there already stays."""
    suppress(bytes(supporter.email_key), Reason(reason))
    record_audit(actor=by, action="suppress_address", subject=str(supporter), count=1, purpose=reason)


@transaction.atomic
def open_address(*, supporter: Supporter, by: AbstractBaseUser) -> bool:
    """Let mail go to an address again that bounced or was blocked; False when it asked us to stop, and stays so.

    Somebody who has said no to everything they were asked stays suppressed, whatever the reason was called.
    """
    supporter = locked_record(supporter)
    lifted, _ = Suppression.objects.filter(email_key=bytes(supporter.email_key), reason__in=LIFTABLE).delete()
    if not lifted:
        return False
    choices = set(CurrentConsent.objects.filter(supporter=supporter).values_list("choice", flat=True))
    if choices == {ConsentRecord.Choice.WITHDRAWN}:
        suppress(bytes(supporter.email_key), Reason.ASKED)
    record_audit(actor=by, action="open_address", subject=str(supporter), count=1)
    return True
