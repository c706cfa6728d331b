"""CiviCRM: contacts with their opt-out flags, and two files of activities.

CiviCRM keeps only flags that say no, and its importer has no column for where a consent comes from. So
every line of the consent ledger becomes an activity, of a type that stands for one wording. A flag is 1
or empty, never 0: with "Update" a 0 would lift an opt-out that CiviCRM knows of and we do not.
"""

import html
from typing import Final

from import_export.resources import Resource

from supporters.exports.columns import Column
from supporters.exports.presets.instructions import instructions
from supporters.exports.presets.preset import ExportFile, Preset, register_preset
from supporters.exports.presets.standing import LOST_EVERYWHERE, agreed, has_address, must_get_no_mail
from supporters.exports.presets.text import clip, country_name, locale, moment, phone_number, plain
from supporters.exports.rows import ActionRow, ConsentRow
from supporters.models import ActionState

# civicrm_contact.first_name and last_name, civicrm_activity.subject, civicrm_contact.source.
NAME_LENGTH: Final = 64
TEXT_LENGTH: Final = 255
YES: Final = "1"
LEAVE_AS_IT_IS: Final = ""


def action_type(action: ActionRow) -> str:
    """What the activity type of ``action`` is called, such as ``Campaign site: signature``."""
    return f"Campaign site: {action.kind.replace('_', ' ')}"


def wording_type(consent: ConsentRow) -> str:
    """The activity type of one wording: purpose, version, language and controller tell it from every other."""
    purpose = consent.purpose.replace("_", " ")
    named = f"Consent to {purpose}: version {consent.text_version} ({consent.text_language}), {consent.controller}"
    return clip(plain(named), TEXT_LENGTH)


def evidence(consent: ConsentRow) -> str:
    """The words that were shown, and where the proof of the answer is."""
    return as_html(f"{consent.wording} ({consent.note})" if consent.note else consent.wording)


def as_html(text: str) -> str:
    """``text`` for the one field that CiviCRM shows as HTML: whoever wrote a link tag must not write a page."""
    return html.escape(plain(text), quote=False)


class ContactResource(Resource):
    """One contact a person."""

    external_id = Column("External Identifier", lambda person: person.external_id)
    first_name = Column("First Name", lambda person: clip(plain(person.given_name), NAME_LENGTH))
    last_name = Column("Last Name", lambda person: clip(plain(person.family_name), NAME_LENGTH))
    email = Column("Email", lambda person: person.email)
    phone = Column("Phone", lambda person: phone_number(person.phone), is_sensitive=True)
    postcode = Column("Postal Code", lambda person: plain(person.postcode), is_sensitive=True)
    country = Column("Country", lambda person: country_name(person.country))
    language = Column("Preferred Language", lambda person: locale(person.language))
    source = Column("Contact Source", lambda person: clip(plain(person.source), TEXT_LENGTH))
    no_bulk_mail = Column("No Bulk Emails (User Opt Out)", lambda person: LEAVE_AS_IT_IS if agreed(person) else YES)
    no_mail = Column("Do Not Email", lambda person: YES if must_get_no_mail(person) else LEAVE_AS_IT_IS)
    # Nobody was asked about these.
    no_calls = Column("Do Not Phone", lambda _person: YES)
    no_texts = Column("Do Not Sms", lambda _person: YES)
    no_letters = Column("Do Not Mail", lambda _person: YES)
    no_sharing = Column("Do Not Trade", lambda _person: YES)


class ActivityResource(Resource):
    """One activity for everything a person did."""

    external_id = Column("External Identifier", lambda action: action.person_id)
    type_label = Column("Activity Type Label", action_type)
    subject = Column("Subject", lambda action: clip(plain(action.page_title), TEXT_LENGTH))
    happened_at = Column("Activity Date", lambda action: moment(action.confirmed_at))
    details = Column("Details", lambda action: as_html(f"Came by {action.source}.") if action.source else "")


class ConsentActivityResource(Resource):
    """One activity for every answer a person gave, with the words they were shown."""

    external_id = Column("External Identifier", lambda consent: consent.person_id)
    type_label = Column("Activity Type Label", wording_type)
    subject = Column(
        "Subject", lambda consent: f"{consent.choice.capitalize()} ({plain(consent.method)})"[:TEXT_LENGTH]
    )
    asked_at = Column("Activity Date", lambda consent: moment(consent.asked_at))
    details = Column("Details", evidence)


def is_confirmed(action: ActionRow) -> bool:
    """Whether ``action`` happened: what was never confirmed, or was taken back, did not."""
    return action.state == ActionState.CONFIRMED and action.confirmed_at is not None


LOSES: Final = (
    "CiviCRM has no column for a consent: who agreed to what, and when, arrives as activities, and nothing in "
    "CiviCRM acts on them.",
    "Only a no is kept as a flag. Whoever carries no flag counts as somebody you may write to.",
    "The difference between updates and invitations to take part is in the activities alone.",
    "Where people live comes as a postcode and a country; the constituency stays behind.",
    "When somebody was last written to stays behind.",
    "Times are in UTC; CiviCRM shows them as if they were local, so in summer they are an hour early.",
    "Which pages people acted on is in the activities; no groups or tags are set.",
    *LOST_EVERYWHERE,
)

CIVICRM = register_preset(
    Preset(
        name="civicrm",
        label="CiviCRM",
        files=(
            ExportFile(name="1-contacts", resource=ContactResource, keep=has_address),
            ExportFile(name="2-activities", resource=ActivityResource, rows="actions", keep=is_confirmed),
            ExportFile(name="3-consents", resource=ConsentActivityResource, rows="consents"),
        ),
        loses=LOSES,
        cell_mode="machine",
        readme=instructions(
            target="CiviCRM",
            files=(
                "1-contacts: everybody, with the flags of those who must not be mailed.",
                "2-activities: what they did.",
                "3-consents: every yes and every no, with the words they were shown. One activity type a wording.",
            ),
            steps=(
                "In Administer > Customize Data and Screens > Activity Types, add every type that stands in the "
                "column Activity Type Label of the files 2 and 3, spelled the same. Rows of a type that does not "
                "exist are refused.",
                "Contacts > Import Contacts, file 1-contacts, contact type Individual. For duplicate contacts choose "
                "Update. For the date format choose yyyy-mm-dd.",
                "The columns are matched by their headings. Leave the unsupervised dedupe rule, which goes by e-mail. "
                "Map No Bulk Emails (User Opt Out) and Do Not Email: they are what keeps people from being mailed.",
                "Look at the preview, import, and read the error file if there is one.",
                "Contacts > Import Activities, file 2-activities and then 3-consents, date format yyyy-mm-dd. Match "
                "the contact by External Identifier, and Activity Type Label, not Activity Type ID.",
                "Older versions take files of up to 2 MB; split larger ones and keep the first line in each part.",
                "To check, search for contacts with No Bulk Emails set, and compare with the number of 1s in file 1.",
            ),
            never=(
                "Never choose Skip for duplicates of file 1: the no of somebody whom CiviCRM knows already would be "
                "lost.",
                "Never leave the column No Bulk Emails (User Opt Out) unmapped.",
                "Never fill the empty cells of the flags with 0: that would lift an opt-out made in CiviCRM.",
            ),
            loses=LOSES,
        ),
    )
)
