"""Invented people who sign or register, and what their browsers send. Nobody real: all addresses are of example.org."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

FIRST_NAMES: Final = ("Ada", "Bogdan", "Carmen", "Dilys", "Ewa", "Farida", "Goran", "Hâf", "Inês", "Jo", "Łucja")
LAST_NAMES: Final = ("Example", "Invented-Smith", "Ionescu", "Nowak", "Pérez", "Okafor", "Llywelyn", "Silva", "Khan")
AREAS: Final = ("SW1A", "M1", "LS2", "CF10", "EH8", "BT7", "N16", "E8", "B29", "BN1", "NE1", "G12", "SA1")
COMMENTS: Final = (
    "Nobody should fear the police for asking them for help.",
    "I work in a clinic, and I see every week what happens when people cannot report violence.",
)
COMMENT_EVERY: Final = 4
BROWSER: Final = (
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    "Accept-Language: en-GB,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\n"
    "Sec-Fetch-Dest: document\r\n"
    "Sec-Fetch-Mode: navigate\r\n"
    "Sec-Fetch-Site: same-origin\r\n"
    "Sec-Fetch-User: ?1\r\n"
)


def address_of(number: int) -> str:
    """Who visitor ``number`` is; nobody else has this address."""
    return f"visitor.{number}@example.org"


def network_of(number: int) -> str:
    """Where visitor ``number`` comes from: up to five million of them share no /24."""
    return f"{11 + (number >> 16) % 80}.{number >> 8 & 255}.{number & 255}.7"


def fields_of(number: int) -> dict[str, str]:
    """What visitor ``number`` types: everybody agrees to be written to, every fourth comments."""
    area = AREAS[number % len(AREAS)]
    return {
        "name": f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {LAST_NAMES[number % len(LAST_NAMES)]}",
        "email": address_of(number),
        "country": "GB",
        "postcode": f"{area} {number % 9 + 1}{'ABDEFGHJLN'[number % 10]}{'PQRSTUWXYZ'[number // 10 % 10]}",
        "comment": COMMENTS[number % len(COMMENTS)] if number % COMMENT_EVERY == 0 else "",
        "shown_as": "first_name",
        "updates": "on",
    }


def guest_fields_of(number: int) -> dict[str, str]:
    """What visitor ``number`` types to come to an event: most under the neutral name, every fourth with a need."""
    fields = {"email": address_of(number), "seats": "1", "time_zone": "Europe/London"}
    return fields | ({"needs": "captions"} if number % COMMENT_EVERY == 0 else {})


@dataclass(frozen=True)
class Act:
    """What people do on the site: the path of a form, and what visitor ``number`` types into it."""

    path: str
    fields: Callable[[int], dict[str, str]]


def signing(petition: int) -> Act:
    return Act(f"/petitions/{petition}/sign/", fields_of)


def registering(event: int) -> Act:
    return Act(f"/events/{event}/register/", guest_fields_of)


ACTS: Final = {"signing": signing, "registering": registering}
"""By a name that can be given to another process, together with the number of the page."""


def request_of(number: int, *, act: Act, port: int) -> bytes:
    """The whole request with which visitor ``number`` does ``act`` on the loopback."""
    body = urlencode(act.fields(number))
    return (
        f"POST {act.path} HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{port}\r\n"
        f"Origin: http://127.0.0.1:{port}\r\n"
        f"X-Forwarded-For: {network_of(number)}\r\n"
        f"{BROWSER}"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
        f"{body}"
    ).encode()
