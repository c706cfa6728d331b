"""What may stand in a cell, and what we make of it. Each refuses with a sentence that does not repeat the cell."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime
from django_countries import countries
from import_export.widgets import Widget

from supporters.identity import deliverable_address
from supporters.imports.headings import languages
from supporters.models import Suppression
from supporters.phones import normalise_phone
from supporters.typed import NAME_LENGTH, UK_POSTCODE, UNITED_KINGDOM, clean_name, clean_text

LONGEST_ADDRESS: Final = 254
LONGEST_POSTCODE: Final = 16
LONGEST_SOURCE: Final = 80
# What listmonk's file calls people who gave no name.
NOBODYS_NAME: Final = "supporter"
CONSTITUENCY: Final = re.compile(r"[A-Z]\d{8}")
# Names that are in use for a country, and are not its own in ISO 3166.
ALSO_CALLED: Final = {
    **dict.fromkeys(("uk", "great britain", "britain", "england", "scotland", "wales", "northern ireland"), "GB"),
    **dict.fromkeys(("usa", "united states", "america", "u.s.a."), "US"),
    **dict.fromkeys(("ireland", "republic of ireland", "eire"), "IE"),
    **dict.fromkeys(("south korea", "korea"), "KR"),
    **dict.fromkeys(("czech republic",), "CZ"),
    **dict.fromkeys(("moldova", "republic of moldova"), "MD"),
    **dict.fromkeys(("russia",), "RU"),
    **dict.fromkeys(("turkey",), "TR"),
    **dict.fromkeys(("holland", "the netherlands"), "NL"),
}
YES: Final = frozenset(
    {
        *("yes", "y", "true", "t", "1", "1.0", "on", "x", "✓", "✔", "given", "granted", "agreed", "confirmed"),
        *("subscribed", "opted_in", "opt_in", "optin", "enabled", "active"),
    }
)
NO: Final = frozenset(
    {
        *("no", "n", "false", "f", "0", "0.0", "off", "withdrawn", "refused", "objected", "unsubscribed", "opted_out"),
        *("opt_out", "optout", "asked", "blocklisted", "blacklisted", "disabled", "archived", "do_not_email"),
    }
)
NEITHER: Final = frozenset(
    {"never_asked", "not_asked", "unconfirmed", "pending", "unknown", "none", "null", "n/a", "-", "transactional"}
)
STOPPED: Final = {
    **dict.fromkeys(
        ("cleaned", "bounced", "bouncing", "bounce", "hard_bounce", "hard_bounced"), Suppression.Reason.BOUNCED
    ),
    **dict.fromkeys(("complained", "complaint", "spam", "spam_complaint"), Suppression.Reason.COMPLAINED),
    "blocked": Suppression.Reason.BLOCKED,
}
# Days of other forms than ISO 8601, the British one first.
DAYS: Final = ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d %B %Y", "%d %b %Y")
# A spreadsheet counts days from here, and moments as parts of a day.
DAY_NOUGHT: Final = datetime(1899, 12, 30, tzinfo=UTC)
SERIAL_DAYS: Final = range(20_000, 80_000)


class AddressWidget(Widget):
    """An e-mail address, as mail is sent to it."""

    def clean(self, value: str, row: Any = None, **_context: Any) -> str:
        if not value:
            raise ValueError("This row has no e-mail address. People are known by it.")
        if len(value) > LONGEST_ADDRESS:
            raise ValueError("This is no e-mail address.")
        try:
            return deliverable_address(value.removeprefix("mailto:"))
        except ValueError:
            raise ValueError("This is no e-mail address.") from None


class NameWidget(Widget):
    """A name, by the rules of the signing form."""

    def clean(self, value: str, row: Any = None, **_context: Any) -> str:
        if not value or value.casefold() == NOBODYS_NAME:
            return ""
        try:
            name = clean_name(value)
        except ValidationError as error:
            raise ValueError(error.messages[0]) from None
        if len(name) > NAME_LENGTH:
            raise ValueError(f"Enter a name of {NAME_LENGTH} characters or fewer.")
        return name


class PhoneWidget(Widget):
    """A telephone number in one form."""

    def clean(self, value: str, row: Any = None, **_context: Any) -> str:
        return normalise_phone(value) if value else ""


class CountryWidget(Widget):
    """A country by its ISO 3166 code of two or three letters, or its English name."""

    def clean(self, value: str, row: Any = None, **_context: Any) -> str:
        if not value:
            return ""
        code = country_codes().get(" ".join(value.split()).casefold())
        if code is None:
            raise ValueError("We do not know this country. Use its code, like GB, or its English name.")
        return code


class PostcodeWidget(Widget):
    """A postcode: a British one by the rules of the signing form, another as it is. ``country`` may be empty."""

    def clean(self, value: str, row: Any = None, *, country: str = "", **_context: Any) -> str:
        typed = " ".join(clean_text(value).split())
        if not typed:
            return ""
        if country not in {"", UNITED_KINGDOM}:
            if len(typed) > LONGEST_POSTCODE:
                raise ValueError(f"Enter a postcode of {LONGEST_POSTCODE} characters or fewer.")
            return typed
        try:
            return str(UK_POSTCODE.clean(typed))
        except ValidationError as error:
            raise ValueError(error.messages[0]) from None


class ConstituencyWidget(Widget):
    """The nine characters that the Office for National Statistics gave a constituency."""

    def clean(self, value: str, row: Any = None, **_context: Any) -> str:
        code = value.upper()
        if code and not CONSTITUENCY.fullmatch(code):
            raise ValueError("Enter a constituency by its code, like E14001234.")
        return code


class LanguageWidget(Widget):
    """A language of this site, by its code, with or without a country, or by its name."""

    def clean(self, value: str, row: Any = None, **_context: Any) -> str:
        if not value:
            return ""
        code = language_codes().get(value.casefold()) or language_codes().get(re.split(r"[-_.@]", value.casefold())[0])
        if code is None:
            raise ValueError("This site does not speak this language.")
        return code


class SourceWidget(Widget):
    """Where somebody first came from: a campaign, a list."""

    def clean(self, value: str, row: Any = None, **_context: Any) -> str:
        return " ".join(clean_text(value).split())[:LONGEST_SOURCE].strip()


class AnswerWidget(Widget):
    """True for a yes, False for a no, None for neither."""

    def clean(self, value: str, row: Any = None, **_context: Any) -> bool | None:
        word = _word(value)
        if not word or word in NEITHER:
            return None
        if word in YES:
            return True
        if word in NO:
            return False
        raise ValueError("This is neither yes nor no.")


class StatusWidget(Widget):
    """An answer as of AnswerWidget, or a reason of Suppression why nothing may be sent to the address."""

    def clean(self, value: str, row: Any = None, **context: Any) -> bool | str | None:
        stopped = STOPPED.get(_word(value))
        return str(stopped) if stopped else AnswerWidget().clean(value, row, **context)


class MomentWidget(Widget):
    """A moment in the past; without a time zone it is taken for UTC."""

    def clean(self, value: str, row: Any = None, **_context: Any) -> datetime | None:
        if not value:
            return None
        moment = _moment(value)
        if moment is None:
            raise ValueError("Enter a day like 2026-05-03.")
        if moment > timezone.now():
            raise ValueError("This day is still to come.")
        return moment


def _word(value: str) -> str:
    return re.sub(r"[\s_-]+", "_", value.strip().casefold()) if len(value) > 1 else value.casefold()


def _moment(value: str) -> datetime | None:
    try:
        moment = parse_datetime(value)
        day = parse_date(value) if moment is None else None
    except ValueError:
        return None
    if day is not None:
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if moment is None:
        moment = _british_day(value) or _serial_day(value)
    if moment is None:
        return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None


def _british_day(value: str) -> datetime | None:
    for form in DAYS:
        try:
            return datetime.strptime(value, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _serial_day(value: str) -> datetime | None:
    if re.fullmatch(r"\d{5}(\.\d+)?", value) and int(float(value)) in SERIAL_DAYS:
        return DAY_NOUGHT + timedelta(days=float(value))
    return None


@cache
def country_codes() -> dict[str, str]:
    """ISO 3166 codes by themselves, by the three-letter ones and by English names, all in lower case."""
    with translation.override("en"):
        names = {str(name).casefold(): code for code, name in countries}
    codes = {code.casefold(): code for code in countries.countries}
    long_codes = {countries.alpha3(code).casefold(): code for code in countries.countries if countries.alpha3(code)}
    return ALSO_CALLED | names | long_codes | codes


@cache
def language_codes() -> dict[str, str]:
    """Codes of the site's languages by themselves and by their names, their own and English, all in lower case."""
    known = languages()
    english = {str(LANG_INFO[code]["name"]).casefold(): code for code in known.values() if code in LANG_INFO}
    return english | known
