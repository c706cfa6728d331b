"""Which column of a strange file is what: our own headings, and those of the systems people come from."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypedDict

from django.conf import settings
from django.db import models

from supporters.models import Purpose


class Part(models.TextChoices):
    """What a column can be. Those of `DETAILS` are written to the record; the others say how."""

    EMAIL = "email", "E-mail address"
    NAME = "name", "Name"
    FIRST_NAME = "first_name", "First name"
    LAST_NAME = "last_name", "Last name"
    PHONE = "phone", "Phone number"
    POSTCODE = "postcode", "Postcode"
    COUNTRY = "country", "Country"
    CONSTITUENCY = "constituency_code", "Constituency code"
    LANGUAGE = "language", "Language"
    SOURCE = "source", "Where they first came from"
    UPDATES = "updates", "Agreed to updates: yes or no"
    TAKING_PART = "taking_part", "Agreed to be asked to take part: yes or no"
    UPDATES_AT = "updates_at", "When they were asked about updates"
    TAKING_PART_AT = "taking_part_at", "When they were asked to take part"
    OPTED_OUT = "opted_out", "Asked not to be written to: yes or no"
    STATUS = "status", "Subscribed, unsubscribed, bounced…"
    ATTRIBUTES = "attributes", "Attributes as JSON"


DETAILS: Final = (
    Part.NAME,
    Part.PHONE,
    Part.POSTCODE,
    Part.COUNTRY,
    Part.CONSTITUENCY,
    Part.LANGUAGE,
    Part.SOURCE,
)
# Where somebody first came from is kept for good, and a name comes as one column or two.
MAY_UPDATE: Final = frozenset(
    {Part.NAME, Part.FIRST_NAME, Part.LAST_NAME, Part.PHONE, Part.POSTCODE, Part.COUNTRY, Part.LANGUAGE}
)
MAY_REPEAT: Final = frozenset({Part.PHONE, Part.OPTED_OUT, Part.STATUS})
ANSWERS: Final = {Part.UPDATES: Purpose.UPDATES, Part.TAKING_PART: Purpose.TAKING_PART}
ASKED_AT: Final = {Part.UPDATES_AT: Purpose.UPDATES, Part.TAKING_PART_AT: Purpose.TAKING_PART}

# Headings in lower case, with one underscore for whatever stands between words.
ALIASES: Final[dict[Part, tuple[str, ...]]] = {
    Part.EMAIL: ("email", "e_mail", "email_address", "e_mail_address", "email1", "primary_email", "mail"),
    Part.NAME: ("name", "full_name", "fullname", "display_name", "your_name"),
    Part.FIRST_NAME: ("first_name", "firstname", "given_name", "forename", "fname", "first"),
    Part.LAST_NAME: ("last_name", "lastname", "family_name", "surname", "lname", "last"),
    Part.PHONE: (
        *("phone", "phone_number", "mobile", "mobile_number", "mobile_phone", "telephone", "telephone_number"),
        *("tel", "phone_primary", "can2_phone"),
    ),
    Part.POSTCODE: (
        *(
            "postcode",
            "post_code",
            "postal_code",
            "zip",
            "zip_code",
            "zipcode",
            "zip_postal_code",
            "zip_or_postal_code",
        ),
        *("postal", "primary_zip", "address_zip", "can2_zip", "postcode_text"),
    ),
    Part.COUNTRY: ("country", "country_code", "primary_country_code", "address_country_code", "address_country"),
    Part.CONSTITUENCY: ("constituency_code", "constituency"),
    Part.LANGUAGE: ("language", "preferred_language", "lang", "locale", "preferred_locale", "language_spoken"),
    Part.SOURCE: ("source", "contact_source", "source_code", "origin"),
    Part.UPDATES: (
        *("updates", "updates_consent", "updates_status", "updates_choice", "updates_email_status", "email_opt_in"),
        *("consent_updates", "opt_in", "consent", "email_subscription_status", "subscribed"),
    ),
    Part.TAKING_PART: (
        *("taking_part", "taking_part_consent", "taking_part_status", "taking_part_choice"),
        *("taking_part_email_status", "consent_taking_part"),
    ),
    Part.UPDATES_AT: ("updates_at", "updates_asked_at", "consent_at", "opt_in_time", "optin_time", "confirm_time"),
    Part.TAKING_PART_AT: ("taking_part_at", "taking_part_asked_at"),
    Part.OPTED_OUT: (
        *("do_not_email", "donotemail", "no_bulk_emails", "no_bulk_emails_user_opt_out", "opted_out", "opt_out"),
        *("unsubscribed", "user_opt_out", "is_opt_out"),
    ),
    Part.STATUS: ("status", "suppressed", "suppression", "subscription_status", "email_status", "member_status"),
    Part.ATTRIBUTES: ("attributes", "attribs"),
}
KNOWN: Final[dict[str, Part]] = {alias: part for part, aliases in ALIASES.items() for alias in aliases}
BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


class Column(TypedDict):
    """What an organiser chose for one column."""

    part: str
    update: bool


Mapping = dict[str, Column]
"""By the number of the column, counted from nought, as text: JSON knows no other keys."""


def part_called(heading: str) -> Part | None:
    """What a column under ``heading`` most likely is; None when nobody can tell."""
    return KNOWN.get(BETWEEN_WORDS.sub("_", heading.casefold()).strip("_"))


def recognise(headings: Iterable[str]) -> Mapping:
    """The columns of ``headings`` that can be told, each to fill blanks only; the others are left out.

    Of two columns for one thing the first counts, but for telephone numbers and refusals.
    """
    mapping: Mapping = {}
    taken: set[Part] = set()
    for number, heading in enumerate(headings):
        part = part_called(heading)
        if part is None or (part in taken and part not in MAY_REPEAT):
            continue
        taken.add(part)
        mapping[str(number)] = Column(part=part.value, update=False)
    return mapping


def mapping_problems(mapping: Mapping) -> Iterator[str]:
    """What stands in the way of reading people by ``mapping``, in whole sentences."""
    parts = [Part(column["part"]) for column in mapping.values()]
    if Part.EMAIL not in parts:
        yield "Say which column holds the e-mail address. People are known by it."
    for part in Part:
        if parts.count(part) > 1 and part not in MAY_REPEAT:
            yield f"Two columns are chosen as “{part.label}”. Choose one of them."
    if Part.NAME in parts and {Part.FIRST_NAME, Part.LAST_NAME} & set(parts):
        yield "Choose either one column for the whole name, or first and last name."


def languages() -> dict[str, str]:
    """The code of each language of the site, by its code and by its English name in lower case."""
    return {name.casefold(): code for code, label in settings.LANGUAGES for name in (code, str(label))}
