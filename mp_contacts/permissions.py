"""What an organiser may do about members and letters, each thing a permission of its own."""

from typing import Final

VIEW_MEMBERS: Final = "mp_contacts.view_member"
CHANGE_MEMBERS: Final = "mp_contacts.change_member"
"""Another address, an opt-out, a note; and to ask for a sync."""
PRINT_BRIEFINGS: Final = "mp_contacts.print_briefings"
ADD_POSITIONS: Final = "mp_contacts.add_position"
VIEW_LETTERS: Final = "mp_contacts.view_letter"
"""That there are letters, to whom and how far they came; never what they say."""
MODERATE_LETTERS: Final = "mp_contacts.moderate_letters"
"""Reads what is held, releases or refuses it; reads pasted replies."""
CHANGE_LETTER_SETTINGS: Final = "mp_contacts.change_lettersettings"
"""Says that Parliament is dissolved, or that an outside service may be asked about postcodes."""
