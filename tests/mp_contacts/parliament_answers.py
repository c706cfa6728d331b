"""Answers of the shape that the Members API gives, about people who do not exist."""

from typing import Any

from tests.mp_contacts.web_service import Answer, WebService

PAGE = 20


def member(number: int, *, seat: str, party: str = "Garden Party", name: str = "", seat_id: int = 0) -> dict[str, Any]:
    """One value of a list; ``seat`` by name."""
    name = name or f"Jo Example{number}"
    given, _, family = name.rpartition(" ")
    return {
        "id": number,
        "nameListAs": f"{family}, Ms {given}",
        "nameDisplayAs": f"Ms {name}",
        "nameFullTitle": f"Rt Hon {name} MP",
        "nameAddressAs": f"Ms {family}",
        "latestParty": {"id": 8, "name": party, "abbreviation": "G", "isIndependentParty": False},
        "gender": "F",
        "latestHouseMembership": {
            "membershipFrom": seat,
            "membershipFromId": seat_id or 4000 + number,
            "house": 1,
            "membershipStartDate": "2019-12-12T00:00:00",
            "membershipEndDate": None,
            "membershipStatus": None,
        },
        "thumbnailUrl": f"https://members.example/{number}",
    }


def contact(email: str | None, *, local_email: str | None = None) -> dict[str, Any]:
    """Both offices, the local one at an address that must never be kept."""
    return {
        "value": [
            {"type": "Website", "typeId": 6, "isWebAddress": True, "line1": "https://jo.example"},
            {
                "type": "Constituency office",
                "typeId": 4,
                "line1": "7 Private Home Lane",
                "postcode": "ZA1 1AA",
                "email": local_email,
            },
            {"type": "Parliamentary office", "typeId": 1, "line1": "House of Commons", "email": email},
        ]
    }


def page_path(number: int) -> str:
    return f"/Members/Search?House=1&IsCurrentMember=true&skip={number * PAGE}&take={PAGE}"


def list_members(service: WebService, values: list[dict[str, Any]], *, with_contacts: bool = True) -> None:
    """Have ``service`` list these members, twenty a page, each with an address of their own."""
    for number in range(max(1, -(-len(values) // PAGE))):
        items = [{"value": value, "links": []} for value in values[number * PAGE : (number + 1) * PAGE]]
        service.answers[page_path(number)] = [Answer({"items": items, "totalResults": len(values), "take": PAGE})]
    for value in values if with_contacts else []:
        address = f"member{value['id']}@parliament.example"
        service.answers[f"/Members/{value['id']}/Contact"] = [Answer(contact(address))]
