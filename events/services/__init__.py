from events.places import give_places
from events.services.changing import ChangeOutcome, add_by_organiser, change_registration, move_to_waiting, promote
from events.services.confirming import ConfirmOutcome, TakeOutcome, confirm_registration, take_offer
from events.services.forgetting import cancel_registration, erase_registration
from events.services.registering import RegisterOutcome, RegistrationDraft, register
from events.services.resending import resend_confirmation

__all__ = [
    "ChangeOutcome",
    "ConfirmOutcome",
    "RegisterOutcome",
    "RegistrationDraft",
    "TakeOutcome",
    "add_by_organiser",
    "cancel_registration",
    "change_registration",
    "confirm_registration",
    "erase_registration",
    "give_places",
    "move_to_waiting",
    "promote",
    "register",
    "resend_confirmation",
    "take_offer",
]
