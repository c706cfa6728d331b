"""A postcode taken apart: the outward code, such as SW1A, and a number for the inward one, such as 1AA."""

import re
from typing import Final

# Royal Mail uses 20 letters after the digit: none of C I K M O V, which are misread.
INWARD_LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"
INWARD: Final = {
    f"{digit}{first}{second}": number
    for number, (digit, first, second) in enumerate(
        (digit, first, second) for digit in "0123456789" for first in INWARD_LETTERS for second in INWARD_LETTERS
    )
}
"""Every inward code there can be, with its number, 0 to 3999."""

OUTWARD: Final = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?|GIR")
LONGEST: Final = 32
"""Characters of what may still be a postcode, spaces and all. Longer text is not looked at."""


def plain_postcode(text: str) -> str:
    """``text`` in capitals and without spaces; "" for what can be no postcode, whatever its length."""
    if len(text) > LONGEST or not text.isascii():
        return ""
    return "".join(text.split()).upper()


def is_postcode(text: str) -> bool:
    """Whether ``text`` has the shape of a full British postcode, in any case and spacing."""
    plain = plain_postcode(text)
    return plain[-3:] in INWARD and OUTWARD.fullmatch(plain[:-3]) is not None


def outward_number(outward: str) -> int:
    """An outward code of at most four characters as a number; numbers sort as the codes do."""
    return int.from_bytes(outward.encode().ljust(4), "big")
