"""Mailchimp: one file a status, as its importer is told the status of a whole file."""

from typing import Final

from import_export.resources import Resource

from supporters.exports.columns import Column
from supporters.exports.presets.instructions import instructions
from supporters.exports.presets.preset import ExportFile, Preset, register_preset
from supporters.exports.presets.standing import (
    LOST_EVERYWHERE,
    agreed,
    agreed_on,
    agreed_to,
    bounced,
    tags,
    unsubscribed,
)
from supporters.exports.presets.text import clip, clip_bytes, phone_number, plain
from supporters.exports.rows import PersonRow

TEXT_BYTES: Final = 255
TAG_LENGTH: Final = 100


def field(text: str) -> str:
    """``text`` as a text field takes it."""
    return clip_bytes(plain(text), TEXT_BYTES)


def tag_list(person: PersonRow) -> str:
    """Every tag, with a comma between; a tag that holds one is in quotes."""
    cut = (clip(tag.replace('"', "'"), TAG_LENGTH) for tag in tags(person))
    return ",".join(f'"{tag}"' if "," in tag else tag for tag in dict.fromkeys(cut))


class SubscribedResource(Resource):
    """People who agreed."""

    email = Column("Email Address", lambda person: person.email)
    first_name = Column("First Name", lambda person: field(person.given_name))
    last_name = Column("Last Name", lambda person: field(person.family_name))
    phone = Column("Phone", lambda person: phone_number(person.phone), is_sensitive=True)
    # Neither "Zip Code", which takes five digits, nor part of "Address", which takes whole ones.
    postcode = Column("Postcode", lambda person: field(person.postcode), is_sensitive=True)
    country = Column("Country", lambda person: field(person.country))
    language = Column("Language", lambda person: field(person.language))
    constituency = Column("Constituency", lambda person: field(person.constituency_code))
    source = Column("Source", lambda person: field(person.source))
    external_id = Column("Supporter ID", lambda person: person.external_id)
    consent_on = Column("Agreed On", agreed_on)
    consent_to = Column("Agreed To", lambda person: field(agreed_to(person)))
    tags = Column("Tags", tag_list)


class AddressResource(Resource):
    """Nothing but addresses: Mailchimp has to know whom not to mail, and no more about them."""

    email = Column("Email Address", lambda person: person.email)


LOSES: Final = (
    "Mailchimp keeps no consents: the day and the wording come as text fields, which nothing there acts on.",
    "It has one yes for everything it sends. Who also agreed to invitations carries the tag Agreed to invitations.",
    "Of people who must not be mailed it gets the address alone. Those who complained, asked us to stop or were "
    "blocked are unsubscribed alike; only bounced addresses are told apart, as cleaned.",
    "Texts longer than 255 bytes, and tags longer than 100 characters, are cut.",
    "Addresses with accents or other scripts before the @ are refused.",
    "The postcode is a text field: Mailchimp cannot find people by distance from it.",
    "What people did, one by one, and their history of consents stay behind.",
    *LOST_EVERYWHERE,
)

MAILCHIMP = register_preset(
    Preset(
        name="mailchimp",
        label="Mailchimp",
        files=(
            ExportFile(name="1-unsubscribed", resource=AddressResource, keep=unsubscribed),
            ExportFile(name="2-cleaned", resource=AddressResource, keep=bounced),
            ExportFile(name="3-subscribed", resource=SubscribedResource, keep=agreed),
        ),
        loses=LOSES,
        cell_mode="machine",
        readme=instructions(
            target="Mailchimp",
            files=(
                "1-unsubscribed: addresses that must not be mailed.",
                "2-cleaned: addresses that do not accept mail.",
                "3-subscribed: people who agreed to updates, and nobody else.",
            ),
            steps=(
                "Audience > Add contacts > Import contacts > Upload a file, 1-unsubscribed. When Mailchimp asks for "
                "the status of the contacts choose Unsubscribed, and tick Update any existing contacts.",
                "The same with 2-cleaned and the status Cleaned. Where your account does not offer it, choose "
                "Unsubscribed.",
                "The same with 3-subscribed and the status Subscribed.",
                "Match the columns: Email Address, First Name, Last Name, Phone and Tags are Mailchimp's own. Make "
                "Postcode, Country, Language, Constituency, Source, Supporter ID and Agreed To text fields, and Agreed "
                "On a date field with the format YYYY-MM-DD, or leave them out.",
                "To check, compare the audience's numbers of unsubscribed and cleaned contacts with the lines of the "
                "files.",
            ),
            never=(
                "Never import 1-unsubscribed or 2-cleaned as Subscribed or Non-Subscribed.",
                "Never choose an option that subscribes again people who unsubscribed in Mailchimp.",
                "Never match Postcode with a Zip Code field: it takes five digits, and drops the rest.",
                "Never match Phone with the SMS number and status: nobody was asked about text messages.",
            ),
            loses=LOSES,
        ),
    )
)
