"""Which constituency a postcode lies in, and what it is called: asked here, answered by whoever has the directory.

This app knows people by constituency and knows nothing of Parliament; the app that does registers itself.
Without one, or without a directory, no postcode is given a seat.
"""

from collections.abc import Callable

from django_countries import countries

SeatFinder = Callable[[str], str]
SeatNamer = Callable[[str], str]

_finders: list[SeatFinder] = []
_namers: list[SeatNamer] = []


def register_seats(*, find: SeatFinder, name: SeatNamer) -> None:
    """Let ``find(postcode)`` answer with a constituency's ONS code, and ``name(code)`` with its name; "" if unknown.

    ``find`` is called within the signing path: it must answer in microseconds and ask nobody.
    """
    _finders[:] = [find]
    _namers[:] = [name]


def seat_of(postcode: str) -> str:
    """The ONS code of the constituency that ``postcode`` lies in, whatever its case and spacing; "" if unknown."""
    return _finders[0](postcode) if _finders and postcode else ""


def country_name(code: str) -> str:
    """What the country ``code`` (ISO 3166-1) is called; the code itself when there is no such country."""
    return countries.name(code) or code


def seat_name(code: str) -> str:
    """What the constituency ``code`` is called; the code itself when nobody knows."""
    return (_namers[0](code) if _namers and code else "") or code
