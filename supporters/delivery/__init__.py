"""Sending what is in the outbox.

A sender claims the oldest messages by pushing their lease into the future, decides about each in a
short transaction, sends it outside of any, and marks it in a commit of its own. A sender that dies
loses its lease, and another takes over; only the one mail it had in hand can go out twice.
"""

from supporters.delivery.sender import LEASE, Sender

__all__ = ["LEASE", "Sender"]
