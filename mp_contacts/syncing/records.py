"""One member as a list of members has them, whichever list it is, and how its words are made alike."""

import re
import unicodedata
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from supporters.typed import clean_text

LONGEST_EMAIL: Final = 254
# Exactly one address and nothing that a mail header could be made to do; those of offices need no more.
PLAIN_ADDRESS: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+'-]*@[A-Za-z0-9.-]+")
CHECK_ADDRESS: Final = EmailValidator()
# What stands before a name in one list and not in the next. Sir, Dame and Dr stay: all lists say them.
COURTESY: Final = re.compile(r"\b(?:mr|mrs|ms|miss|mx)\.?\s+", re.IGNORECASE)
# One party in the chamber, under two names. A draft for Labour is for both.
ONE_PARTY: Final = {"labour (co-op)": "Labour", "labour co-operative": "Labour", "labour and co-operative": "Labour"}
# Spellings of seats that differ by more than case, accents and marks, by how they are compared. Each leads to a name
# of the ONS list of 2024, and none is itself one; a test holds them to it.
SEAT_ALIASES: Final = {
    "bridlington and wolds": "bridlington and the wolds",
    "south holland and deepings": "south holland and the deepings",
}


@dataclass(frozen=True)
class MemberRecord:
    """One row of a list. "" is what it does not say; ``email`` is None then, and "" for an office without one."""

    name: str
    party: str
    parliament_id: int | None = None
    seat: str = ""
    seat_name: str = ""
    seat_parliament_id: int | None = None
    sort_name: str = ""
    address_name: str = ""
    email: str | None = None
    started_on: str = ""

    def __post_init__(self) -> None:
        limits = {"name": 120, "sort_name": 120, "address_name": 160, "party": 80, "seat_name": 100}
        for field, length in limits.items():
            object.__setattr__(self, field, " ".join(clean_text(getattr(self, field)).split())[:length])
        object.__setattr__(self, "party", party_name(self.party))
        if not self.name or not self.party:
            raise ValueError("A member has a name and a party.")

    def with_email(self, email: str) -> "MemberRecord":
        """The same person with the address ``email``."""
        return replace(self, email=email)

    def as_json(self) -> dict[str, Any]:
        """What `from_json` makes the same record of."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "MemberRecord":
        return cls(**values)


def plain_address(value: object) -> str:
    """``value`` if it is one plain e-mail address; "" for anything else, such as "No email found"."""
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > LONGEST_EMAIL or not PLAIN_ADDRESS.fullmatch(text):
        return ""
    try:
        CHECK_ADDRESS(text)
    except ValidationError:
        return ""
    return text


def party_name(text: str) -> str:
    """A party as we write it."""
    return ONE_PARTY.get(text.casefold(), text)


def said_name(text: str) -> str:
    """A name without Mr, Mrs, Ms, Miss or Mx before it, which one list says and the next does not."""
    return COURTESY.sub("", text, count=1) if COURTESY.match(text) else text


def listed_name(text: str) -> str:
    """A name as a list sorts it, "Example, Ms Jo", without the courtesy; "" for what has no comma."""
    family, comma, given = text.partition(",")
    return f"{family.strip()}, {said_name(given.strip())}" if comma else ""


def name_to_sort_by(name: str) -> str:
    """``name`` with its last word first, for want of anything better."""
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given else family


def seat_key(name: str) -> str:
    """What two spellings of one seat's name have in common: no case, accents, marks; ``&`` is ``and``."""
    plain = unicodedata.normalize("NFKD", name.casefold()).replace("&", " and ").replace("\u2019", "").replace("'", "")
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    key = " ".join(re.findall(r"[a-z0-9]+", letters))
    return SEAT_ALIASES.get(key, key)
