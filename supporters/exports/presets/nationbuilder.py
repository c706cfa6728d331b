"""NationBuilder: Y for who agreed and N for who did not, in two files.

An import either overwrites what a nation holds or leaves it. A no has to overwrite, and a yes must
not: it could opt in somebody who opted out there. So each has its own file, and the one that overwrites
holds nothing else that it could overwrite.
"""

from typing import Final

from import_export.resources import Resource

from supporters.exports.columns import Column
from supporters.exports.presets.instructions import instructions
from supporters.exports.presets.preset import ExportFile, Preset, register_preset
from supporters.exports.presets.standing import LOST_EVERYWHERE, agreed, refused, tags
from supporters.exports.presets.text import clip, day, phone_number, plain
from supporters.exports.rows import PersonRow

YES: Final = "Y"
NO: Final = "N"
TEXT_LENGTH: Final = 255


def tag_list(person: PersonRow) -> str:
    """Every tag, with a comma between; its own commas go, as there is no way to write them."""
    return ",".join(dict.fromkeys(clip(" ".join(tag.replace(",", " ").split()), TEXT_LENGTH) for tag in tags(person)))


class OptedInResource(Resource):
    """People who agreed. Fields such as religion, party, ethnicity and support level are never sent."""

    email = Column("email", lambda person: person.email)
    # Asked of the person and not of the file, so that no mistake in choosing rows opts anybody in.
    opt_in = Column("email_opt_in", lambda person: YES if agreed(person) else NO)
    first_name = Column("first_name", lambda person: clip(plain(person.given_name), TEXT_LENGTH))
    last_name = Column("last_name", lambda person: clip(plain(person.family_name), TEXT_LENGTH))
    phone = Column("phone_number", lambda person: phone_number(person.phone), is_sensitive=True)
    # Nobody was asked about text messages.
    texts = Column("mobile_opt_in", lambda _person: NO)
    postcode = Column("Address zip", lambda person: plain(person.postcode), is_sensitive=True)
    country = Column("Address country code", lambda person: person.country)
    language = Column("language", lambda person: plain(person.language))
    created_on = Column("created_at", lambda person: day(person.created_at))
    tags = Column("tag_list", tag_list)
    external_id = Column("external_id", lambda person: person.external_id)


class OptedOutResource(Resource):
    """The addresses of people who said no, and of those who never said yes, with that no alone.

    Our id is not among them: beside an id NationBuilder wants first and last names as well.
    """

    email = Column("email", lambda person: person.email)
    opt_in = Column("email_opt_in", lambda _person: NO)
    texts = Column("mobile_opt_in", lambda _person: NO)


LOSES: Final = (
    "NationBuilder keeps a Y or an N: the day and the wording of a consent stay behind, and its consent feature cannot "
    "be filled by an import. Export the complete files as well, and keep them as your proof.",
    "It has one yes for all mail. Who also agreed to invitations carries the tag Agreed to invitations.",
    "Why somebody must not be mailed (they asked, complained, or the address bounced) is not told apart.",
    "Of people who must not be mailed it gets the address alone.",
    "Commas in the names of pages are dropped from tags.",
    "The constituency, where people came from, and what they did, one by one, stay behind.",
    "Religion, party, ethnicity, support level and the like are never sent, whatever fields there are.",
    *LOST_EVERYWHERE,
)

NATIONBUILDER = register_preset(
    Preset(
        name="nationbuilder",
        label="NationBuilder",
        files=(
            ExportFile(name="1-opted-out", resource=OptedOutResource, keep=refused),
            ExportFile(name="2-opted-in", resource=OptedInResource, keep=agreed),
        ),
        loses=LOSES,
        cell_mode="machine",
        readme=instructions(
            target="NationBuilder",
            files=(
                "1-opted-out: addresses that must not be mailed, with an N.",
                "2-opted-in: people who agreed to updates, and nobody else, with a Y.",
            ),
            steps=(
                "Take a snapshot of the nation first, so that you can go back.",
                "People > Import > One time import, file 1-opted-out. Match email, email_opt_in and "
                "mobile_opt_in with the fields of the same names.",
                "TICK the box to overwrite existing data: this file's N has to replace a Y. It holds nothing else that "
                "could be replaced.",
                "Then file 2-opted-in. Match every column with the field of its name.",
                "Where NationBuilder may know fuller addresses than ours, leave the two Address columns unmatched: it "
                "replaces addresses whatever you tick.",
                "DO NOT tick the box to overwrite existing data: people who opted out in NationBuilder stay opted out.",
                "Files may have 20 MB. Split a larger one, and keep the first line in each part.",
                "To check, filter people by email opt-in and compare the numbers with the lines of the files.",
            ),
            never=(
                "Never import 2-opted-in with the box to overwrite existing data ticked.",
                "Never leave email_opt_in unmatched: NationBuilder would decide by its own default.",
                "Never set a support level, a party or a religion for the whole import: signing a petition tells none.",
            ),
            loses=LOSES,
        ),
    )
)
