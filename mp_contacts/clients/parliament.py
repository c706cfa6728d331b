"""Reading the list of members from the UK Parliament's Members API, a page at a time.

No limit is published, but there is one: whoever asks with many hands is shut out for most of an hour. So one hand,
a pause after every question, and a list that can be gone on with where it broke off.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Any, Final

from django.conf import settings

from mp_contacts.clients.json_source import NOT_FOUND, JsonSource, SourceFailed
from mp_contacts.syncing.records import MemberRecord, listed_name, plain_address, said_name

NAME: Final = "Parliament's service"
PAGE: Final = 20
"""The service gives no more at once, whatever is asked for."""
PAUSE_S: Final = 0.4
DEADLINE_S: Final = 45 * 60.0
COMMONS: Final = 1
PARLIAMENTARY_OFFICE: Final = 1
CONSTITUENCY_OFFICE: Final = 4
PARLIAMENTS_OWN: Final = re.compile(r"@([a-z0-9-]+\.)*parliament\.uk$", re.IGNORECASE)
ODD_SHAPE: Final = f"{NAME} sent an answer of a shape we do not know."


@dataclass(frozen=True)
class MembersPage:
    """Up to twenty members, and how many the whole list has."""

    people: list[MemberRecord]
    total: int


class Parliament:
    """The service, asked by one hand; close it, or use it in ``with``. ``wait`` is how pauses are passed."""

    def __init__(
        self,
        *,
        pause_s: float = PAUSE_S,
        deadline_s: float = DEADLINE_S,
        read_s: float = 20.0,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._source = JsonSource(
            settings.MEMBERS_API, name=NAME, pause_s=pause_s, deadline_s=deadline_s, read_s=read_s, wait=wait
        )

    def __enter__(self) -> "Parliament":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._source.__exit__(kind, error, trace)

    def page(self, number: int) -> MembersPage:
        """The page ``number``, from 0, of those who sit in the Commons now, with the address of each one's office.

        Raises SourceFailed; and SourceBusy when it asks to be left alone for long.
        """
        status, answer = self._source.get(
            "/Members/Search",
            {"House": str(COMMONS), "IsCurrentMember": "true", "skip": str(number * PAGE), "take": str(PAGE)},
        )
        if status == NOT_FOUND:
            raise SourceFailed(f"{NAME} has no list of members where it used to be.")
        try:
            total, values = answer["totalResults"], [item["value"] for item in answer["items"]]
            people = [_record(value) for value in values]
        except (KeyError, TypeError, ValueError, AttributeError):
            raise SourceFailed(ODD_SHAPE) from None
        if not isinstance(total, int) or isinstance(total, bool) or total < 0:
            raise SourceFailed(ODD_SHAPE)
        return MembersPage([self._with_address(person) for person in people], total)

    def _with_address(self, person: MemberRecord) -> MemberRecord:
        status, answer = self._source.get(f"/Members/{person.parliament_id}/Contact")
        try:
            contacts = None if status == NOT_FOUND else answer["value"]
            # Nothing said is not the same as an office without an address: what we know stays.
            return person if contacts is None else person.with_email(office_address(contacts))
        except (KeyError, TypeError, AttributeError):
            raise SourceFailed(ODD_SHAPE) from None


def office_address(contacts: list[dict[str, Any]]) -> str:
    """The published e-mail address of a member's office; "" when there is none.

    That of the office in Parliament, or else one of Parliament's own that is filed under the constituency office.
    What else stands there, such as a postal address that may be somebody's home, is not even looked at.
    """
    by_type: dict[object, str] = {}
    for contact in contacts:
        address = plain_address(contact.get("email"))
        if address:
            by_type.setdefault(contact.get("typeId"), address)
    local = by_type.get(CONSTITUENCY_OFFICE, "")
    return by_type.get(PARLIAMENTARY_OFFICE) or (local if PARLIAMENTS_OWN.search(local) else "")


def _record(value: dict[str, Any]) -> MemberRecord:
    membership = value["latestHouseMembership"]
    if type(value["id"]) is not int or value["id"] < 1 or membership["house"] != COMMONS:
        raise ValueError
    seat_id, started = membership.get("membershipFromId"), membership.get("membershipStartDate")
    return MemberRecord(
        parliament_id=value["id"],
        name=said_name(_text(value["nameDisplayAs"])),
        sort_name=listed_name(_text(value.get("nameListAs") or "")),
        address_name=_text(value.get("nameFullTitle") or ""),
        party=_text(value["latestParty"]["name"]),
        seat_name=_text(membership["membershipFrom"]),
        seat_parliament_id=seat_id if type(seat_id) is int and seat_id > 0 else None,
        started_on=date.fromisoformat(started[:10]).isoformat() if started else "",
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value.strip()
