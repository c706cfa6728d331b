"""What a file can say: people, what they did, and what they agreed to, as plain values ready to be written."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class StandingConsent:
    """A person's answer to one purpose as it stands: ``given`` or ``withdrawn``, and where that comes from."""

    choice: str
    asked_at: datetime
    method: str
    text_version: int
    text_language: str
    wording: str
    controller: str
    page_id: int | None


@dataclass(slots=True)
class PersonRow:
    """One supporter, opened. Times are aware and in UTC; what is not known is the empty text or None.

    ``consents`` is by purpose, and lacks a purpose the person never answered. ``suppressed`` is a
    supporters.models.Suppression.Reason or empty. ``took_part`` are titles of the pages they acted on.
    """

    external_id: str
    email: str
    name: str
    phone: str
    postcode: str
    country: str
    constituency_code: str
    language: str
    source: str
    created_at: datetime
    last_act_at: datetime
    last_contacted_at: datetime | None
    suppressed: str = ""
    consents: dict[str, StandingConsent] = field(default_factory=dict)
    took_part: tuple[str, ...] = ()

    def may_be_written_to(self, purpose: str) -> bool:
        """Whether they agreed to ``purpose``, still do, and nothing stops mail to them."""
        standing = self.consents.get(purpose)
        return not self.suppressed and standing is not None and standing.choice == "given"

    @property
    def given_name(self) -> str:
        """All of the name but its last word, or the one word it has; `family_name` is the rest."""
        first, _, last = self.name.rpartition(" ")
        return first or last

    @property
    def family_name(self) -> str:
        first, _, last = self.name.rpartition(" ")
        return last if first else ""


@dataclass(slots=True)
class ActionRow:
    """Something one supporter did on one page."""

    external_id: str
    person_id: str
    kind: str
    page_id: int
    page_title: str
    state: str
    name: str
    language: str
    source: str
    country: str
    constituency_code: str
    created_at: datetime
    confirmed_at: datetime | None


@dataclass(slots=True)
class ConsentRow:
    """One line of one supporter's consent ledger, with the exact words they were shown."""

    external_id: str
    person_id: str
    purpose: str
    choice: str
    method: str
    asked_at: datetime
    recorded_at: datetime
    text_version: int
    text_language: str
    wording: str
    controller: str
    page_id: int | None
    note: str
