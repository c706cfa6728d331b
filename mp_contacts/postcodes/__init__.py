"""Which seat a postcode lies in: one compact file that every process maps (docs/architecture.md)."""

from mp_contacts.postcodes.files import ContradictoryPostcode, DamagedDirectory
from mp_contacts.postcodes.serving import seat_for
from mp_contacts.postcodes.storing import ShrunkenDirectory, store_content, store_directory
from mp_contacts.postcodes.unknown import WhyUnknown, why_unknown

__all__ = [
    "ContradictoryPostcode",
    "DamagedDirectory",
    "ShrunkenDirectory",
    "WhyUnknown",
    "seat_for",
    "store_content",
    "store_directory",
    "why_unknown",
]
