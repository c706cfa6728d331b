"""What a link may be for. Each app registers its own."""

from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise


@dataclass(frozen=True)
class LinkPage:
    """What the holder of a link sees before pressing the button.

    Give ``title`` and ``button`` as lazy translations: they are read once ``language``, a code of
    settings.LANGUAGES, is active. ``template`` is included between them and reads ``context``.
    """

    title: "str | Promise"
    button: "str | Promise"
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    language: str = "en"


class LinkPurpose(Protocol):
    """One thing a link can do, known by ``name`` in the database."""

    name: str

    def page(self, subject_id: UUID) -> LinkPage | None:
        """What to show before acting; changes nothing. None when there is nothing left to act on."""

    def act(self, subject_id: UUID) -> str | None:
        """Do it, once, however often it is called; the address to go to, holding nothing personal.

        None when there was nothing left to act on.
        """


@runtime_checkable
class PagePurpose(Protocol):
    """A purpose with a page of its own, on which several things can be done.

    The page reads the token as the button's page does (supporters.links.holding): from the cookie to show
    itself, from a hidden field of its forms to act.
    """

    name: str
    url_name: str
    """Where its page is: one clean address."""

    def show(self, request: HttpRequest, *, token: str, subject_id: UUID) -> HttpResponse | None:
        """The page, made for the holder of ``token``; changes nothing. None when there is nothing left."""


Purpose = LinkPurpose | PagePurpose

_purposes: dict[str, Purpose] = {}


def register_purpose(purpose: Purpose) -> None:
    """Let links with ``purpose.name`` do what it does."""
    if _purposes.setdefault(purpose.name, purpose) is not purpose:
        raise ValueError(f"Two purposes of links are named {purpose.name!r}.")


def purpose_named(name: str) -> Purpose | None:
    """The purpose ``name``; None if the app that had it is gone."""
    return _purposes.get(name)
