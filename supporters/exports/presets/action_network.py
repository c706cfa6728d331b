"""Action Network: who agreed, to be uploaded, and who did not, to be unsubscribed.

New people are subscribed when they are uploaded, and only explicit opt-ins may be. So nobody else is
in the first file. The second unsubscribes by address, and holds nothing but addresses.
"""

from typing import Final

from import_export.resources import Resource

from supporters.exports.columns import Column
from supporters.exports.presets.instructions import instructions
from supporters.exports.presets.preset import ExportFile, Preset, register_preset
from supporters.exports.presets.standing import LOST_EVERYWHERE, agreed, agreed_on, agreed_to, refused, tags
from supporters.exports.presets.text import phone_number, plain


class OptInResource(Resource):
    """People who agreed. The first six headings are Action Network's own, the others custom columns."""

    email = Column("email", lambda person: person.email)
    first_name = Column("first name", lambda person: plain(person.given_name))
    last_name = Column("last name", lambda person: plain(person.family_name))
    postcode = Column("ZIP/postal code", lambda person: plain(person.postcode), is_sensitive=True)
    country = Column("country", lambda person: person.country)
    # Not "mobile number": two people who share a telephone would be taken for one, and it invites texting.
    phone = Column("telephone", lambda person: phone_number(person.phone), is_sensitive=True)
    external_id = Column("supporter id", lambda person: person.external_id)
    language = Column("preferred language", lambda person: plain(person.language))
    constituency = Column("constituency", lambda person: plain(person.constituency_code))
    source = Column("first came by", lambda person: plain(person.source))
    took_part = Column("took part in", lambda person: "; ".join(tags(person)))
    consent_on = Column("agreed to updates on", agreed_on)
    consent_to = Column("agreed to wording", agreed_to)


class OptOutResource(Resource):
    """The addresses of people who said no, and of those who never said yes."""

    email = Column("email", lambda person: person.email)


LOSES: Final = (
    "Action Network keeps no consents: the day and the wording come as custom columns, which nothing there acts on.",
    "A no can be recorded only for people Action Network knows. The file of opt-outs does not add the others, so "
    "keep us as the place where every no is remembered.",
    "Why somebody must not be mailed (they asked, complained, or the address bounced) is not told apart.",
    "Tags are chosen for a whole upload. What people took part in comes as one custom column; to tag one group, "
    "export that segment alone.",
    "Nobody is subscribed to text messages, and telephone numbers come as a custom column.",
    "What people did, one by one, and their history of consents stay behind.",
    *LOST_EVERYWHERE,
)

ACTION_NETWORK = register_preset(
    Preset(
        name="action-network",
        label="Action Network",
        files=(
            ExportFile(name="1-unsubscribe", resource=OptOutResource, keep=refused),
            ExportFile(name="2-upload", resource=OptInResource, keep=agreed),
        ),
        loses=LOSES,
        cell_mode="machine",
        readme=instructions(
            target="Action Network",
            files=(
                "1-unsubscribe: addresses to be unsubscribed.",
                "2-upload: people who agreed to updates, and nobody else.",
            ),
            steps=(
                "Ask for the Advanced Uploads permission: the first file needs it. Choose your group's list.",
                "Start Organizing > People > Uploads > Add New Upload, Upload by Email, file 1-unsubscribe. Under the "
                "advanced options tick the box that unsubscribes the activists in the file from the e-mail list. "
                "Check the box before you go on to Upload & Match Fields.",
                "When it is done, add a new upload with file 2-upload, Upload by Email. The first headings are matched "
                "by themselves; add the others as custom fields, or leave them out.",
                "Tags are for the whole file: choose one that says where these people come from.",
                "Keep the box that makes new activists subscribed as it is: everybody in 2-upload agreed to updates.",
                "After every later upload from here, upload the newest 1-unsubscribe again, in the same way.",
            ),
            never=(
                "Never tick Resubscribe activists who have previously unsubscribed. They told Action Network no, which "
                "we may not know.",
                "Never upload 1-unsubscribe without the unsubscribe box: it would subscribe everybody in it.",
                "Never tick a box for the mobile list: nobody was asked about text messages.",
                "Never choose Upload by Unique ID: supporter id is ours, not theirs.",
            ),
            loses=LOSES,
        ),
    )
)
