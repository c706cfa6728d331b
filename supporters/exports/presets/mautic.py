"""Mautic: opt-outs in a file of their own, and no column about consent in the other.

``doNotEmail`` adds a "do not contact" where it is true and takes it away where it is false, and an
empty cell counts as false. So the column stands only in a file in which it is true for everybody.
"""

from typing import Final

from import_export.resources import Resource

from supporters.exports.columns import Column
from supporters.exports.presets.instructions import instructions
from supporters.exports.presets.preset import ExportFile, Preset, register_preset
from supporters.exports.presets.standing import LOST_EVERYWHERE, agreed, refused, tags
from supporters.exports.presets.text import clip, country_name, locale, moment, phone_number, plain
from supporters.exports.rows import PersonRow

# What a new text field takes unless somebody allows more (since 5.0).
TEXT_LENGTH: Final = 64
CLEARS_THE_FIELD: Final = "NULL"


def field(text: str) -> str:
    """``text`` as a text field takes it. Somebody may be called Null, which must not clear their name."""
    cut = clip(plain(text), TEXT_LENGTH)
    return cut.capitalize() if cut.upper() == CLEARS_THE_FIELD else cut


def tag_list(person: PersonRow) -> str:
    """Every tag, with a pipe between. A minus in front would take the tag away; `plain` leaves none there."""
    return "|".join(dict.fromkeys(field(tag.replace("|", "/")) for tag in tags(person)))


class ContactResource(Resource):
    """People who agreed. The headings are the aliases of Mautic's own fields, but for ``supporter_id``."""

    email = Column("email", lambda person: person.email)
    first_name = Column("firstname", lambda person: field(person.given_name))
    last_name = Column("lastname", lambda person: field(person.family_name))
    phone = Column("phone", lambda person: phone_number(person.phone), is_sensitive=True)
    postcode = Column("zipcode", lambda person: field(person.postcode), is_sensitive=True)
    country = Column("country", lambda person: country_name(person.country))
    language = Column("preferred_locale", lambda person: locale(person.language))
    created_at = Column("dateAdded", lambda person: moment(person.created_at))
    tags = Column("tags", tag_list)
    external_id = Column("supporter_id", lambda person: person.external_id)


class OptOutResource(Resource):
    """The addresses of people who said no, and of those who never said yes."""

    email = Column("email", lambda person: person.email)
    no_mail = Column("doNotEmail", lambda _person: "true")


LOSES: Final = (
    "Mautic keeps no consents: who agreed to what, when, and to which words stays behind. Export the complete files as "
    "well, and keep them as your proof.",
    "It has one no for all e-mail. Who also agreed to invitations carries the tag Agreed to invitations.",
    "Why somebody must not be mailed (they asked, complained, or the address bounced) is not told apart.",
    "Of people who must not be mailed it gets the address alone.",
    "Names, postcodes and tags longer than 64 characters are cut.",
    "A pipe in the name of a page becomes a slash in its tag.",
    "The constituency, where people came from, and what they did, one by one, stay behind.",
    *LOST_EVERYWHERE,
)

MAUTIC = register_preset(
    Preset(
        name="mautic",
        label="Mautic",
        files=(
            ExportFile(name="1-do-not-email", resource=OptOutResource, keep=refused),
            ExportFile(name="2-contacts", resource=ContactResource, keep=agreed),
        ),
        loses=LOSES,
        cell_mode="machine",
        readme=instructions(
            target="Mautic",
            files=(
                "1-do-not-email: addresses that must not be mailed.",
                "2-contacts: people who agreed to updates, and nobody else.",
            ),
            steps=(
                "In Settings > Custom Fields, add a text field with the alias supporter_id if you want to keep our id.",
                "Contacts > Import, file 1-do-not-email. Match email with Email and doNotEmail with Do Not Contact "
                "(email). Import it, in the background above a few thousand rows.",
                "Before version 4, Mautic marked only contacts it knew already: import the same file a second time.",
                "Contacts > Import, file 2-contacts. The columns are matched by their aliases; choose no field for "
                "Do Not Contact, and no default for it.",
                "Split a file of more than a few thousand rows, or import it by the command line; keep the first line "
                "in each part.",
                "Build segments for mailings from the contacts of the second import, for example by a tag you choose "
                "for the import.",
                "To check, filter contacts by Do Not Contact and compare with the lines of 1-do-not-email.",
            ),
            never=(
                "Never add a column doNotEmail to 2-contacts: an empty cell in it counts as false, and takes away the "
                "no of everybody in the file who unsubscribed in Mautic.",
                "Never import 1-do-not-email without matching doNotEmail: its people would be ordinary contacts.",
                "Never turn on a campaign for all contacts before both imports are done.",
            ),
            loses=LOSES,
        ),
    )
)
