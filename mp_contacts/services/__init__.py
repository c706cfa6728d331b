from mp_contacts.services.forgetting import erase_letter, withdraw_letter

__all__ = ["erase_letter", "withdraw_letter"]
