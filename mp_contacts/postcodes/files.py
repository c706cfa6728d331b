"""One edition of the directory as one file: about four bytes a postcode, read where it lies.

    header      64 bytes: magic, version, how many seats, outward codes and postcodes, SHA-256 of the rest
    outward     uint32 each, sorted: the code's four characters
    starts      uint32 each, and one more: where the postcodes of an outward code begin
    inward      uint16 each, sorted within their outward code: 0 to 3999
    seats       uint16 each: the place of the postcode's seat in the list that follows
    seat codes  9 characters each

Numbers are little-endian. Every postcode is there in full, so one that is not known is never given a seat.
"""

import hashlib
import mmap
import struct
import sys
from array import array
from bisect import bisect_left
from itertools import pairwise
from pathlib import Path
from typing import Final

from mp_contacts.postcodes.parts import INWARD, OUTWARD, outward_number, plain_postcode

MAGIC: Final = b"PARASOLP"
VERSION: Final = 1
HEADER: Final = struct.Struct("<8sHHIII32s8x")
CODE_LENGTH: Final = 9
MOST_SEATS: Final = 0xFFFF


class DamagedDirectory(Exception):
    """These bytes are no whole directory; the text says what is wrong with them."""


class ContradictoryPostcode(ValueError):
    """One postcode is given two seats; the text names it."""


class DirectoryBuilder:
    """Collects postcodes and their seats in any order, four bytes each, and writes the file."""

    def __init__(self) -> None:
        self._groups: dict[str, array[int]] = {}
        self._seats: dict[str, int] = {}

    def add(self, postcode: str, seat: str) -> bool:
        """Note that ``postcode`` lies in ``seat``, a code of nine characters; False for what is no postcode."""
        plain = plain_postcode(postcode)
        inward = INWARD.get(plain[-3:])
        if inward is None:
            return False
        group = self._groups.get(plain[:-3])
        if group is None:
            if not OUTWARD.fullmatch(plain[:-3]):
                return False
            group = self._groups[plain[:-3]] = array("I")
        number = self._seats.get(seat)
        if number is None:
            number = self._new_seat(seat)
        group.append(inward << 16 | number)
        return True

    @property
    def seats(self) -> list[str]:
        """The codes of the seats that any postcode lies in."""
        return list(self._seats)

    def content(self) -> tuple[bytes, int]:
        """The file, and how many postcodes it knows; raises ContradictoryPostcode. Rows said twice count once."""
        inwards, seats, starts = array("H"), array("H"), array("I", [0])
        outwards = sorted(self._groups)
        for outward in outwards:
            # Sorted as whole numbers: the same postcode twice stands side by side.
            packed = sorted(set(self._groups[outward]))
            inwards.extend(row >> 16 for row in packed)
            seats.extend(row & 0xFFFF for row in packed)
            starts.append(len(inwards))
            self._refuse_contradictions(outward, packed)
        parts = [array("I", map(outward_number, outwards)), starts, inwards, seats]
        if sys.byteorder == "big":
            for part in parts:
                part.byteswap()
        body = b"".join([*(part.tobytes() for part in parts), "".join(self._seats).encode("ascii")])
        digest = hashlib.sha256(body).digest()
        header = HEADER.pack(MAGIC, VERSION, len(self._seats), len(outwards), len(inwards), len(body), digest)
        return header + body, len(inwards)

    def _new_seat(self, seat: str) -> int:
        if len(seat) != CODE_LENGTH or not seat.isascii():
            raise ValueError(f"The code of a constituency has nine characters, unlike {seat[:20]!r}.")
        if len(self._seats) == MOST_SEATS:
            raise ValueError("There are more constituencies than a directory can hold.")
        return self._seats.setdefault(seat, len(self._seats))

    def _refuse_contradictions(self, outward: str, packed: list[int]) -> None:
        for one, other in pairwise(packed):
            if one >> 16 == other >> 16:
                inward = next(code for code, number in INWARD.items() if number == one >> 16)
                codes = self.seats
                raise ContradictoryPostcode(
                    f"{outward} {inward} is said to lie both in {codes[one & 0xFFFF]} and in {codes[other & 0xFFFF]}."
                )


class Directory:
    """One edition, ready to be asked. Any number of threads may ask at once."""

    def __init__(self, content: bytes | mmap.mmap) -> None:
        """Reads the header and checks every byte; raises DamagedDirectory."""
        view = memoryview(content)
        if len(view) < HEADER.size:
            raise DamagedDirectory("It is cut off within the header.")
        magic, version, seats, outwards, postcodes, length, digest = HEADER.unpack_from(view)
        body = view[HEADER.size :]
        if magic != MAGIC or version != VERSION:
            raise DamagedDirectory("It is no directory of postcodes, or of another version.")
        if sys.byteorder != "little":
            raise DamagedDirectory("It can only be read by machines that are little-endian.")
        sizes = [4 * outwards, 4 * (outwards + 1), 2 * postcodes, 2 * postcodes, CODE_LENGTH * seats]
        if len(body) != length or sum(sizes) != length:
            raise DamagedDirectory(f"It has {len(body):,} bytes, and should have {length:,}.")
        if hashlib.sha256(body).digest() != digest:
            raise DamagedDirectory("Its checksum is wrong.")
        ends = [sum(sizes[: place + 1]) for place in range(len(sizes))]
        self._outward = body[: ends[0]].cast("I")
        self._starts = body[ends[0] : ends[1]].cast("I")
        self._inward = body[ends[1] : ends[2]].cast("H")
        self._seats = body[ends[2] : ends[3]].cast("H")
        names = bytes(body[ends[3] :]).decode("ascii")
        self.seats = [names[start : start + CODE_LENGTH] for start in range(0, len(names), CODE_LENGTH)]
        self.postcodes = postcodes

    @classmethod
    def mapped(cls, path: Path) -> "Directory":
        """The file at ``path``, of which only what is asked for is read; raises DamagedDirectory and OSError."""
        with path.open("rb") as file:
            try:
                return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            except ValueError:
                raise DamagedDirectory("It is empty.") from None

    def seat_of(self, postcode: str) -> str:
        """The code of the seat that ``postcode`` lies in; "" when it is not in this edition."""
        plain = plain_postcode(postcode)
        inward = INWARD.get(plain[-3:])
        outward = plain[:-3]
        if inward is None or not 0 < len(outward) <= 4:
            return ""
        number = outward_number(outward)
        place = bisect_left(self._outward, number)
        if place == len(self._outward) or self._outward[place] != number:
            return ""
        end = self._starts[place + 1]
        found = bisect_left(self._inward, inward, self._starts[place], end)
        if found == end or self._inward[found] != inward:
            return ""
        return self.seats[self._seats[found]]
