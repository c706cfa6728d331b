"""People with a consent, made the way the public makes them."""

from supporters.models import ConsentRecord, Purpose, Supporter
from supporters.services import remember_supporter
from tests.supporters.crowd_of_supporters import answers


def agree(supporter: Supporter, purpose: str = Purpose.UPDATES, choice: str = ConsentRecord.Choice.GIVEN) -> None:
    answers(supporter, choice, purpose)


def person(address: str = "ada@example.org", *purposes: str, **details: str) -> Supporter:
    """Somebody who agreed to ``purposes``, or to updates when none is named."""
    supporter = remember_supporter(address=address, **details)
    for purpose in purposes or (Purpose.UPDATES,):
        agree(supporter, purpose)
    return supporter


def crowd(number: int) -> list[Supporter]:
    return [person(f"person{n}@example.org") for n in range(number)]
