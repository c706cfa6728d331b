"""What an organiser may do about events, each thing a permission of its own."""

from typing import Final

VIEW_REGISTRATIONS: Final = "events.view_registration"
"""Who is registered: the name shown, and where they stand; never an address."""
CHANGE_REGISTRATIONS: Final = "events.change_registration"
"""Add, move, cancel and promote."""
MESSAGE_REGISTRANTS: Final = "events.message_registrants"
EXPORT_REGISTRATIONS: Final = "events.export_registrations"
"""With addresses. The list to print, without them, needs VIEW_REGISTRATIONS alone."""
VIEW_ACCESS_NEEDS: Final = "events.view_accessneeds"
"""What each person needs. Counts are shown with VIEW_REGISTRATIONS."""
MODERATE_QUESTIONS: Final = "events.change_question"
CHANGE_ROOMS: Final = "events.change_room"
"""Sees and sets the address of a room."""
