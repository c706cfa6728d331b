"""People with a consent, made the way the public makes them."""

from django.utils import timezone

from supporters.models import ConsentRecord, ConsentText, Purpose, Supporter
from supporters.services import record_consent, remember_supporter


def agree(supporter: Supporter, purpose: str = Purpose.UPDATES, choice: str = ConsentRecord.Choice.GIVEN) -> None:
    text, _ = ConsentText.objects.get_or_create(purpose=purpose, wording="Yes.", controller="Example Campaign")
    record_consent(
        supporter=supporter, text=text, choice=choice, method="web form", page_id=None, asked_at=timezone.now()
    )


def person(address: str = "ada@example.org", *purposes: str, **details: str) -> Supporter:
    """Somebody who agreed to ``purposes``, or to updates when none is named."""
    supporter = remember_supporter(address=address, **details)
    for purpose in purposes or (Purpose.UPDATES,):
        agree(supporter, purpose)
    return supporter


def crowd(number: int) -> list[Supporter]:
    return [person(f"person{n}@example.org") for n in range(number)]
