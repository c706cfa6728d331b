"""What an organiser is told about a subject before it is sent."""

import re
from typing import Final

from django.conf import settings

# What somebody reading over a shoulder, or a partner with the phone in hand, should not see. Beginnings of words.
TELLING: Final = (
    "sex", "escort", "brothel", "prostitut", "whore", "decriminal", "red light", "client", "trafficking",
    "hooker", "camming", "stripper", "police", "campaign", "petition",
)  # fmt: skip
LOUD: Final = re.compile(r"!|\b[A-Z]{4,}\b")


def advice_on(subject: str) -> list[str]:
    """Full sentences about ``subject``, the most important first; nothing when there is nothing to say."""
    found = [word for word in TELLING if re.search(rf"\b{word}", subject, re.IGNORECASE)]
    advice = [
        f"“{word}” in the subject shows on a locked screen what this is about. Say “An update for you” instead, "
        "and the rest in the text."
        for word in found[:1]
    ]
    if settings.WAGTAIL_SITE_NAME.casefold() in subject.casefold():
        advice.append("The subject names this site. The sender already says enough to those who know.")
    if LOUD.search(subject):
        advice.append("Capitals and exclamation marks look like spam to mail providers, and draw eyes.")
    return advice
