"""To whom a letter really goes: to the member only where real letters are sent, anywhere else to ourselves.

A copy of the live data on somebody's own machine must not write to Parliament. So it takes both, an installation that
says it is the live one, and a whole sentence that nobody writes by mistake.
"""

from typing import Final

from django.conf import settings

from mp_contacts.models import Member

CONSENT: Final = "yes, send letters to members of parliament"
"""What LETTERS_TO_MEMBERS says, to the letter, where letters go to members."""


def reaches_members() -> bool:
    """Whether letters leave for members; otherwise every one goes to LETTERS_REFLECT_TO."""
    return settings.IS_PRODUCTION is True and settings.LETTERS_TO_MEMBERS == CONSENT


def recipient_for(member: Member) -> str:
    """The address a letter to ``member`` goes to here; empty when there is none, and then it must not be sent."""
    return member.letter_address if reaches_members() else settings.LETTERS_REFLECT_TO
