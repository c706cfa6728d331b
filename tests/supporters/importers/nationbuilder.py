"""NationBuilder's people import, after "Fields available for import" and "When imports overwrite existing data"."""

import re
from datetime import date

from tests.supporters.preset_files import read

FIELDS = {
    "email", "email_opt_in", "prefix", "first_name", "middle_name", "last_name", "suffix", "name", "legal_name",
    "phone_number", "work_phone_number", "mobile_number", "mobile_opt_in", "website", "language", "created_at",
    "note", "tag_list", "external_id", "nationbuilder_id", "civicrm_id", "Address address1", "Address city",
    "Address state", "Address zip", "Address country code",
}  # fmt: skip
NEVER_SENT = {
    "religion", "church", "ethnicity", "party", "support_level", "sex", "marital_status", "employer", "occupation",
    "is_volunteer", "inferred_party", "inferred_support_level",
}  # fmt: skip


class NationBuilder:
    """Keeps these rules.

    - CSV of at most 20 MB; every file needs a unique identifier, and IDs go before the address. With another
      identifier than the address, first and last name have to be columns too.
    - With "overwrite existing data" what the file says replaces what is there; without it, what is there
      stays. Empty cells never clear anything. Tags are always added, separated by commas.
    - email_opt_in and mobile_opt_in are Y or N.
    """

    preset = "nationbuilder"

    def __init__(self, *, mailed=frozenset(), left=frozenset()):
        known = {**dict.fromkeys(mailed, "Y"), **dict.fromkeys(left, "N")}
        self.people = {address: {"email": address, "email_opt_in": opt_in} for address, opt_in in known.items()}
        self.tags = {}
        self.address_of = {}

    def follow_readme(self, files):
        assert sorted(files) == ["1-opted-out", "2-opted-in"]
        self.import_people(files["1-opted-out"], overwrite=True)
        self.import_people(files["2-opted-in"], overwrite=False)

    def import_people(self, text, *, overwrite):
        assert len(text.encode()) <= 20_000_000
        for row in read(text):
            assert not row.keys() - FIELDS, "A heading that NationBuilder does not know."
            assert not row.keys() & NEVER_SENT
            assert row["email_opt_in"] in {"Y", "N"}
            assert row["mobile_opt_in"] in {"Y", "N"}
            if row.get("created_at"):
                date.fromisoformat(row["created_at"])
            assert re.fullmatch("[A-Z]{2}|", row.get("Address country code", ""))
            assert "external_id" not in row or {"first_name", "last_name"} <= row.keys()
            address = row["email"].lower()
            if row.get("external_id"):
                address = self.address_of.setdefault(row["external_id"], address)
            person = self.people.setdefault(address, {})
            for field, value in row.items():
                if value and field != "tag_list" and (overwrite or not person.get(field)):
                    person[field] = value
            self.tags.setdefault(address, set()).update(tag for tag in row.get("tag_list", "").split(",") if tag)

    def would_mail(self):
        return {address for address, person in self.people.items() if person["email_opt_in"] == "Y"}
