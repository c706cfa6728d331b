"""The kinds of action there are. Each app registers its own, and everything about a person then covers it:
their timeline, their privacy page, exports, erasure.
"""

from typing import Protocol
from uuid import UUID

from django.db.models import QuerySet

from supporters.models import Action


class ActionKind(Protocol):
    """One kind of action, such as a signature."""

    name: str
    """What the database, files and segments call it, such as ``signature``."""

    label: str
    """What a person is told they did, such as ``Signed``."""

    model: type[Action]

    page_field: str
    """The foreign key from ``model`` to the page, such as ``petition``; the page has a ``title``."""

    def of_address(self, address: str) -> QuerySet[Action]:
        """Every action that can still be traced to ``address``, whatever its state, with its page.

        Found by keyed hashes, never by the address; raises ValueError when it is none.
        """

    def details(self, action: Action) -> dict[str, str]:
        """What was typed and chosen, in plain words, for the person themselves; empty values left out."""

    def withdraw(self, action_id: UUID) -> None:
        """Take it back, as the link in the person's own mail does; nothing if there is nothing left."""

    def erase(self, action_id: UUID) -> None:
        """Forget who did it. What was counted stays counted; what was waiting to be confirmed is deleted."""


_kinds: dict[str, ActionKind] = {}


def register_action_kind(kind: ActionKind) -> None:
    """Let everything about a person cover ``kind``."""
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"Two kinds of action are named {kind.name!r}.")


def action_kinds() -> list[ActionKind]:
    """Every kind, in a fixed order."""
    return [_kinds[name] for name in sorted(_kinds)]


def action_kind(name: str) -> ActionKind:
    """The kind ``name``; raises KeyError when no app has it."""
    return _kinds[name]
