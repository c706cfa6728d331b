"""listmonk: exactly three columns, ``email``, ``name`` and ``attributes``, in a file for each mode.

It makes a name out of the address where there is none, and would greet people by a name they may keep
from everybody, so a name is always sent. What else we know goes into ``attributes`` as a JSON object;
telephone and postcode do not, as one cell cannot be kept from those who have no right to half of it.
"""

import json
from typing import Any, Final

from import_export.resources import Resource

from supporters.exports.columns import Column, utc
from supporters.exports.presets.instructions import instructions
from supporters.exports.presets.preset import ExportFile, Preset, register_preset
from supporters.exports.presets.standing import LOST_EVERYWHERE, agreed, refused, tags
from supporters.exports.presets.text import plain
from supporters.exports.rows import PersonRow

SOMEBODY: Final = "Supporter"
"""The name of people who gave none, and of those who are only to be blocked."""


class SubscriberResource(Resource):
    """People who agreed, for the mode Subscribe."""

    email = Column("email", lambda person: person.email)
    name = Column("name", lambda person: plain(person.name) or SOMEBODY)
    attributes = Column("attributes", lambda person: as_json(attributes(person)))


class BlockedResource(Resource):
    """Addresses for the mode Blocklist, and nothing that tells of the people behind them."""

    email = Column("email", lambda person: person.email)
    name = Column("name", lambda _person: SOMEBODY)
    attributes = Column("attributes", lambda _person: "{}")


def attributes(person: PersonRow) -> dict[str, Any]:
    """What listmonk can find and greet subscribers by; what is not known is left out.

    Only consents that stand, each with its day and wording: an attribute is what somebody will one day
    choose recipients by.
    """
    known = {
        "external_id": person.external_id,
        "language": plain(person.language),
        "country": plain(person.country),
        "constituency": plain(person.constituency_code),
        "source": plain(person.source),
        "tags": tags(person),
        "consents": {
            purpose: {
                "given_at": utc(standing.asked_at),
                "version": standing.text_version,
                "language": plain(standing.text_language),
                "controller": plain(standing.controller),
            }
            for purpose, standing in sorted(person.consents.items())
            if person.may_be_written_to(purpose)
        },
    }
    return {key: value for key, value in known.items() if value}


def as_json(value: dict[str, Any]) -> str:
    """``value`` as one line of JSON, letters of every script as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


LOSES: Final = (
    "listmonk keeps consents as attributes, which nothing there acts on.",
    "Telephone numbers and postcodes stay behind: there is no column that could be kept from those who may not see "
    "them.",
    "Why somebody must not be mailed (they asked, complained, or the address bounced) is not told apart: all are "
    "blocked, and are sent nothing at all until somebody takes them off the blocklist.",
    "Of people who must not be mailed it gets the address alone.",
    "People without a name are called Supporter.",
    "Lists are chosen for a whole upload. What people took part in comes as the attribute tags; to fill a list with "
    "one group, export that segment alone.",
    "What people did, one by one, and their history of consents stay behind.",
    *LOST_EVERYWHERE,
)

LISTMONK = register_preset(
    Preset(
        name="listmonk",
        label="listmonk",
        files=(
            ExportFile(name="1-blocklist", resource=BlockedResource, keep=refused),
            ExportFile(name="2-subscribe", resource=SubscriberResource, keep=agreed),
        ),
        loses=LOSES,
        cell_mode="machine",
        readme=instructions(
            target="listmonk",
            files=(
                "1-blocklist: addresses that must not be mailed.",
                "2-subscribe: people who agreed to updates, and nobody else.",
            ),
            steps=(
                "Unpack the ZIP. listmonk takes a ZIP too, but would treat all files in it alike.",
                "Subscribers > Import, mode Blocklist, delimiter comma, file 1-blocklist. Wait until it says finished.",
                "Subscribers > Import again, mode Subscribe, delimiter comma, and choose the list for updates.",
                "For the subscription status choose Confirmed: these people confirmed their address here. On a list "
                "with double opt-in, Unconfirmed makes listmonk wait for another answer.",
                "Leave both overwrite switches OFF, for the details and for the subscription status (older versions "
                "have one switch for both). People who unsubscribed in listmonk then stay unsubscribed.",
                "Upload 2-subscribe. Read the log: it names every line that was skipped.",
                "To check, compare the number of blocklisted subscribers with the lines of 1-blocklist.",
            ),
            never=(
                "Never upload 1-blocklist with the mode Subscribe.",
                "Never switch on overwriting of the subscription status: it subscribes again who unsubscribed.",
                "Never rename the headings: listmonk reads email, name and attributes, and skips every other column.",
            ),
            loses=LOSES,
        ),
    )
)
