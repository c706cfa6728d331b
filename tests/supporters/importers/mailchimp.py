"""Mailchimp's import, after "Format guidelines for your import file" and its help on contact statuses and tags."""

import csv
from datetime import date

from tests.supporters.preset_files import read

STATUSES = {"Subscribed", "Unsubscribed", "Non-Subscribed", "Cleaned"}
COUNTRY_CODES = {"GB", "IE", "RO", "PL", "ES", "PT", "FR", "US", "NZ", "DE", ""}


class Mailchimp:
    """Keeps these rules.

    - Only "Email Address" is needed. Characters outside ASCII are refused before the @.
    - One status for the whole file.
    - Importing as Subscribed subscribes nobody again who unsubscribed, or whose address was cleaned.
    - Text fields are clipped at 255 bytes. A Zip Code is five digits. A date field takes YYYY-MM-DD.
    - Tags are separated by commas; a tag that holds one stands in quotes; 100 characters each.
    - Countries are two-letter codes, and the United Kingdom is GB.
    """

    preset = "mailchimp"

    def __init__(self, *, mailed=frozenset(), left=frozenset()):
        self.status = {**dict.fromkeys(mailed, "Subscribed"), **dict.fromkeys(left, "Unsubscribed")}
        self.people = {}
        self.tags = {}

    def follow_readme(self, files):
        assert sorted(files) == ["1-unsubscribed", "2-cleaned", "3-subscribed"]
        self.import_contacts(files["1-unsubscribed"], status="Unsubscribed")
        self.import_contacts(files["2-cleaned"], status="Cleaned")
        self.import_contacts(files["3-subscribed"], status="Subscribed")

    def import_contacts(self, text, *, status):
        assert status in STATUSES
        for row in read(text):
            address = row["Email Address"]
            assert address == address.strip(), "A space around an address is an error."
            if not address.partition("@")[0].isascii():
                continue
            address = address.lower()
            if status != "Subscribed" or self.status.get(address) not in {"Unsubscribed", "Cleaned"}:
                self.status[address] = status
            if status == "Subscribed":
                self.people[address] = self.fields(row)
                self.tags[address] = self.read_tags(row["Tags"])

    def fields(self, row):
        assert not row.keys() & {"Zip Code", "Zip", "ZIP", "Address"}, "A postcode does not fit there."
        for heading, value in row.items():
            if heading not in {"Tags", "Email Address"}:
                assert len(value.encode()) <= 255, f"{heading} would be clipped."
        assert row["Country"] in COUNTRY_CODES
        if row["Agreed On"]:
            date.fromisoformat(row["Agreed On"])
        return row

    def read_tags(self, cell):
        if not cell:
            return []
        (tags,) = csv.reader([cell], strict=True)
        assert all(0 < len(tag) <= 100 for tag in tags)
        return tags

    def would_mail(self):
        return {address for address, status in self.status.items() if status == "Subscribed"}
