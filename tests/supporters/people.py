"""People as the site comes to know them, for tests about their records."""

from typing import Any

from petitions.models import PetitionPage, Signature
from supporters.models import ConsentRecord, CurrentConsent, MailingRecipient, Merge, Purpose, Supporter, Suppression
from supporters.services import remember_supporter
from supporters.services.people import write_details
from tests.petitions import organisers


def somebody(address: str, **details: str) -> Supporter:
    """A record with these details, as an import or a confirmed form leaves it."""
    person = remember_supporter(address=address)
    constituency = details.pop("constituency_code", "")
    write_details(person, **details, constituency_code=constituency)
    person.save()
    return person


def signed(petition: PetitionPage, address: str, **typed: Any) -> Signature:
    """A confirmed signature, made the way the public makes it."""
    return organisers.signed(petition, email=address, **typed)


def standing(supporter: Supporter, purpose: str = Purpose.UPDATES) -> str:
    """The standing answer, or the empty text."""
    answer = CurrentConsent.objects.filter(supporter=supporter, purpose=purpose).first()
    return answer.choice if answer else ""


def everything() -> dict[str, Any]:
    """All that a merge may touch, opened, so that two moments can be compared."""
    fields = ("name", "email", "phone", "postcode", "country", "constituency_code", "language", "source")
    keys = ("email_key", "mailbox_key", "name_key", "phone_key", "postcode_key")
    return {
        "people": {
            one.pk: (
                *(getattr(one, name) for name in fields),
                *(bytes(key) if (key := getattr(one, name)) else None for name in keys),
                one.merged_into_id,
                one.last_act_at,
                one.last_contacted_at,
            )
            for one in Supporter.objects.all()
        },
        "actions": dict(Signature.objects.values_list("pk", "supporter_id")),
        "consents": set(ConsentRecord.objects.values_list("pk", "supporter_id", "choice", "method", "asked_at")),
        "standing": set(CurrentConsent.objects.values_list("supporter_id", "purpose", "choice", "record_id")),
        "mailings": set(MailingRecipient.objects.values_list("pk", "supporter_id")),
        "suppressions": {
            (bytes(key), reason, at)
            for key, reason, at in Suppression.objects.values_list("email_key", "reason", "created_at")
        },
        "merges": set(Merge.objects.filter(undone_at=None).values_list("kept_id", "lost_id")),
    }
