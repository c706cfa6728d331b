"""Telephone numbers in one form: a plus sign, the country code, and digits (ITU-T E.164)."""

import re
import unicodedata
from typing import Final

from django.utils.translation import gettext_lazy as _

COUNTRY_CODE: Final = "44"
"""What a number without one belongs to."""
INVALID: Final = _("Enter a telephone number like 07700 900123, or with its country code, like +40 700 123456.")
LENGTHS: Final = range(7, 16)
# Between digits people put spaces, dots, dashes, brackets and slashes; "(0)" stands for a nought dialled at home.
HOME_NOUGHT: Final = re.compile(r"\(\s*0\s*\)")
BETWEEN: Final = re.compile(r"[\s().\-/]+")
# A spreadsheet that took the number for a quantity has dropped its nought.
LOST_NOUGHT: Final = re.compile(r"[1237]\d{8,9}")


def normalise_phone(text: str) -> str:
    """``text`` as +, country code and number; British unless it says otherwise. Raises ValueError with a sentence."""
    typed = unicodedata.normalize("NFKC", text)
    typed = "".join("-" if unicodedata.category(c) == "Pd" else c for c in typed if unicodedata.category(c) != "Cf")
    has_code = typed.lstrip().startswith(("+", "00"))
    digits = BETWEEN.sub("", HOME_NOUGHT.sub("", typed) if has_code else typed)
    if digits.startswith("+"):
        digits = digits[1:]
    elif digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0"):
        digits = COUNTRY_CODE + digits[1:]
    elif LOST_NOUGHT.fullmatch(digits):
        digits = COUNTRY_CODE + digits
    elif not (digits.startswith(COUNTRY_CODE) and len(digits) in {11, 12}):
        raise ValueError(INVALID)
    if not (digits.isascii() and digits.isdigit() and len(digits) in LENGTHS) or digits.startswith("0"):
        raise ValueError(INVALID)
    return f"+{digits}"
