from events.places import give_places
from events.services.changing import (
    ChangeOutcome,
    UnseatOutcome,
    add_by_organiser,
    change_registration,
    move_to_waiting,
    promote,
)
from events.services.confirming import ConfirmOutcome, TakeOutcome, confirm_registration, take_offer
from events.services.forgetting import cancel_registration, erase_registration
from events.services.messaging import send_message
from events.services.organising import cancel_event, cancel_for_somebody, duplicate_event
from events.services.reading_questions import decide_question
from events.services.registering import RegisterOutcome, RegistrationDraft, register
from events.services.resending import resend_confirmation

__all__ = [
    "ChangeOutcome",
    "ConfirmOutcome",
    "RegisterOutcome",
    "RegistrationDraft",
    "TakeOutcome",
    "UnseatOutcome",
    "add_by_organiser",
    "cancel_event",
    "cancel_for_somebody",
    "cancel_registration",
    "change_registration",
    "confirm_registration",
    "decide_question",
    "duplicate_event",
    "erase_registration",
    "give_places",
    "move_to_waiting",
    "promote",
    "register",
    "resend_confirmation",
    "send_message",
    "take_offer",
]
