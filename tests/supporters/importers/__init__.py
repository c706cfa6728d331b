"""The importers of other systems, each as far as its documentation describes it, and written without our presets.

Each class states the rules it keeps, begins with what an organiser may have there already, and takes
the files as the preset's README says. What it would mail afterwards is the question of every test.
"""

from typing import Protocol

from tests.supporters.importers.action_network import ActionNetwork
from tests.supporters.importers.civicrm import CiviCRM
from tests.supporters.importers.listmonk import Listmonk
from tests.supporters.importers.mailchimp import Mailchimp
from tests.supporters.importers.mautic import Mautic
from tests.supporters.importers.nationbuilder import NationBuilder

__all__ = [
    "IMPORTERS",
    "ActionNetwork",
    "CiviCRM",
    "Importer",
    "Listmonk",
    "Mailchimp",
    "Mautic",
    "NationBuilder",
]


class Importer(Protocol):
    """A system that takes the files of one preset."""

    preset: str

    def __init__(self, *, mailed: frozenset[str] = frozenset(), left: frozenset[str] = frozenset()) -> None:
        """Begin with addresses that are subscribed, and addresses that unsubscribed there."""

    def follow_readme(self, files: dict[str, str]) -> None:
        """Take every file, in the order and with the options that the README gives."""

    def would_mail(self) -> set[str]:
        """The addresses, in lower case, that a mailing to everybody would go to."""


IMPORTERS: list[type[Importer]] = [ActionNetwork, CiviCRM, Listmonk, Mailchimp, Mautic, NationBuilder]
