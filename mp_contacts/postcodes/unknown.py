"""Why a postcode has no seat, as far as the postcode itself tells."""

import re
from enum import Enum
from typing import Final

from mp_contacts.postcodes.parts import is_postcode, plain_postcode

CROWN_DEPENDENCIES: Final = frozenset({"GY", "IM", "JE"})
# British Forces post offices, and the territories that have one postcode each (Universal Postal Union, United Kingdom).
OVERSEAS: Final = re.compile(
    r"BF(?:PO)?[0-9]\w*|(?:AI-?2640|ASCN|BBND|BIQQ|FIQQ|GX11|PCRN|SIQQ|STHL|TDCU|TKCA)(?:1ZZ|1AA)?"
)


class WhyUnknown(Enum):
    """What to tell somebody whose postcode has no seat. The value is the key of its explanation in templates."""

    NOT_A_POSTCODE = "not_a_postcode"
    NORTHERN_IRELAND = "northern_ireland"
    CROWN_DEPENDENCY = "crown_dependency"
    OVERSEAS = "overseas"
    UNKNOWN = "unknown"


def why_unknown(postcode: str) -> WhyUnknown:
    """Why ``postcode`` may have no seat. Asks nobody, not even whether it has one after all."""
    plain = plain_postcode(postcode)
    if OVERSEAS.fullmatch(plain):
        return WhyUnknown.OVERSEAS
    if not is_postcode(plain):
        return WhyUnknown.NOT_A_POSTCODE
    if plain.startswith("BT"):
        return WhyUnknown.NORTHERN_IRELAND
    if plain[:2] in CROWN_DEPENDENCIES:
        return WhyUnknown.CROWN_DEPENDENCY
    return WhyUnknown.UNKNOWN
