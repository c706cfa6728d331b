"""What the mails and links about letters are called in the database. Who writes them is another matter."""

from typing import Final

CONFIRM_MAIL: Final = "letter_confirm"
ALREADY_WRITTEN_MAIL: Final = "letter_already_written"
SENT_MAIL: Final = "letter_sent"
"""To the writer: it has left."""
RETURNED_MAIL: Final = "letter_returned"
"""To the writer: it could not be delivered, with the way to print it."""
REFUSED_MAIL: Final = "letter_refused"
ANSWERED_MAIL: Final = "letter_answered"
"""To the writer, at 14 and 21 days: did your MP answer?"""
OFFICE_MAIL: Final = "letter_to_member"
"""The letter itself."""

CONFIRM_LINK: Final = "letter_confirm"
WITHDRAW_LINK: Final = "letter_withdraw"
RETURNED_LINK: Final = "letter_returned"
ANSWER_LINK: Final = "letter_answer"
