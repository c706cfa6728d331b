"""One sender: claims, decides, sends, marks."""

import logging
import smtplib
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import Q
from django.db.models.functions import Now

from supporters.delivery.claims import (
    Claim,
    anything_due,
    claim_due,
    hand_back,
    locked_message,
    postpone_if_capped,
    release,
    retry_or_give_up,
)
from supporters.delivery.mail_errors import (
    UNREACHABLE,
    describe,
    is_permanent,
    leaves_connection_open,
    names_dead_mailbox,
)
from supporters.identity import email_key
from supporters.mails import render, urgency_of
from supporters.models import Delivery, Message, MessageState
from supporters.outbox import settle
from supporters.suppression import Reason, reason_for, stops, suppress

logger = logging.getLogger("parasol.delivery")

BATCH: Final = 50
LEASE: Final = timedelta(seconds=30)
POLL_SECONDS: Final = 0.5
# Mail servers drop connections that say nothing; a new one costs less than a failure.
IDLE_SECONDS: Final = 10.0
PROVIDER_ID_LENGTH: Final = 200
LONGEST_PAUSE: Final = 60.0  # seconds between two tries to reach a mail server that does not answer
BEAT_SECONDS: Final = 5.0


class Sender:
    """Sends due messages over one kept-open connection. Not shared between threads; run as many as you like.

    ``connect`` makes an unopened Django mail connection. ``lease`` is how long a dead sender's messages
    wait for another one; it must be longer than sending one mail takes.
    """

    def __init__(
        self,
        *,
        lease: timedelta = LEASE,
        batch: int = BATCH,
        connect: Callable[[], BaseEmailBackend] = get_connection,
    ) -> None:
        self._lease = lease
        self._batch = batch
        self._connect = connect
        self._mail: BaseEmailBackend | None = None
        self._is_used = False

    def run(self, stopping: threading.Event, beat: Callable[[], None]) -> None:
        """Send until ``stopping`` is set, calling ``beat`` at every turn; finishes the mail in hand."""
        idle = pause = 0.0
        while not stopping.is_set():
            beat()
            close_old_connections()
            try:
                done = self.send_due(stopping, beat)
            except UNREACHABLE as error:
                pause = min(max(POLL_SECONDS, pause * 2), LONGEST_PAUSE)
                logger.warning("No mail server (%s); trying again in %.0f s.", describe(error), pause)
                _rest(pause, stopping, beat)
                continue
            pause = 0.0
            idle = 0.0 if done else idle + POLL_SECONDS
            if idle >= IDLE_SECONDS:
                self.hang_up()
            if not done:
                stopping.wait(POLL_SECONDS)
        self.hang_up()

    def send_due(self, stopping: threading.Event | None = None, beat: Callable[[], None] = lambda: None) -> int:
        """Claim one batch and deal with each of its messages, oldest first; how many were claimed.

        Raises OSError when no mail server can be reached; no attempt of any message is spent on that.
        """
        if not anything_due():
            return 0
        self._dial()
        claims = claim_due(limit=self._batch, lease=self._lease)
        for number, claim in enumerate(claims):
            beat()
            if stopping is not None and stopping.is_set():
                hand_back(claims[number:])
                break
            try:
                self._dial()
            except UNREACHABLE:
                hand_back(claims[number:])
                raise
            self._deal_with(claim)
        return len(claims)

    def hang_up(self) -> None:
        """Close the connection to the mail server; the next mail opens a new one."""
        mail, self._mail = self._mail, None
        if mail is not None:
            try:
                mail.close()
            except OSError as error:
                logger.info("The mail server did not say goodbye (%s).", describe(error))

    def _dial(self) -> None:
        if self._mail is None:
            mail = self._connect()
            mail.open()
            self._mail, self._is_used = mail, False

    def _deal_with(self, claim: Claim) -> None:
        try:
            email = self._decide(claim)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001  (one broken mail must not hold up all others)
            retry_or_give_up(claim, error)
            return
        if email is None:
            return
        failure = self._transmit(email)
        if failure is None:
            settle(Q(pk=claim.id), MessageState.SENT, provider_id=_provider_id(email))
        elif is_permanent(failure):
            _give_up_on_address(claim, email, failure)
        else:
            retry_or_give_up(claim, failure)

    @transaction.atomic
    def _decide(self, claim: Claim) -> EmailMultiAlternatives | None:
        """The mail to send; None if this claim is lost, or the message was settled or postponed here.

        The row stays locked from the look at it to its release: of two senders that both believe to
        hold a message, the second finds that it has another claim number.
        """
        message = locked_message(claim)
        if message is None:
            return None
        urgency = urgency_of(message.kind)
        if not urgency.outsiders and stops(
            reason_for(message.recipient),
            is_requested=urgency.is_requested,
            after_complaint=urgency.after_complaint,
        ):
            settle(Q(pk=message.pk), MessageState.SUPPRESSED)
            return None
        if postpone_if_capped(message):
            return None
        email = render(message)
        if email is None:
            settle(Q(pk=message.pk), MessageState.CANCELLED)
            return None
        release(message, lease=self._lease)
        return email

    def _transmit(self, email: EmailMultiAlternatives) -> Exception | None:
        """Send over the open connection, or a new one if the server has closed it; the error, if it failed."""
        was_used = self._is_used
        try:
            self._dial()
            assert self._mail is not None  # noqa: S101  (narrows the type)
            self._is_used = True
            self._mail.send_messages([email])
        except smtplib.SMTPServerDisconnected as error:
            self.hang_up()
            # Most servers take only so many mails over one connection; that is no failure.
            return self._transmit(email) if was_used else error
        except Exception as error:  # noqa: BLE001  (whatever it was, this mail is tried again later)
            if not leaves_connection_open(error):
                self.hang_up()
            return error
        return None


def _provider_id(email: EmailMultiAlternatives) -> str:
    """What the provider will call this mail in its reports; empty for an SMTP server, which tells us nothing."""
    status = getattr(email, "anymail_status", None)
    # A text for the one recipient there is; longer than this no provider's is.
    return str(status.message_id or "")[:PROVIDER_ID_LENGTH] if status else ""


@transaction.atomic
def _give_up_on_address(claim: Claim, email: EmailMultiAlternatives, failure: Exception) -> None:
    """Fail a message that was refused for good; when there is no such mailbox, never write to it again.

    Unless the mail went to somebody who is no supporter: then it is for the app that built it to draw conclusions.
    """
    if settle(Q(pk=claim.id), MessageState.FAILED) and names_dead_mailbox(failure):
        Message.objects.filter(pk=claim.id).update(delivery=Delivery.BOUNCED, delivery_at=Now())
        if not urgency_of(Message.objects.values_list("kind", flat=True).get(pk=claim.id)).outsiders:
            suppress(email_key(email.to[0]), Reason.BOUNCED)
    logger.error("Message %s failed: its address was refused (%s).", claim.id, describe(failure))


def _rest(seconds: float, stopping: threading.Event, beat: Callable[[], None]) -> None:
    """Wait, but keep beating: a sender whose mail server is away is alive."""
    while seconds > 0 and not stopping.is_set():
        beat()
        stopping.wait(min(BEAT_SECONDS, seconds))
        seconds -= BEAT_SECONDS
