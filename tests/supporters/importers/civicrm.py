"""CiviCRM's imports of contacts and activities, after its user guide and the import parsers of civicrm-core."""

from datetime import datetime

from tests.supporters.preset_files import read

FLAGS = {
    "Do Not Email", "Do Not Phone", "Do Not Mail", "Do Not Sms", "Do Not Trade", "No Bulk Emails (User Opt Out)",
}  # fmt: skip
CONTACT_LABELS = FLAGS | {
    "External Identifier", "First Name", "Last Name", "Email", "Phone", "Contact Source", "Preferred Language",
    "Street Address", "City", "Postal Code", "State", "Country",
}  # fmt: skip
COUNTRIES = {
    "United Kingdom",
    "Ireland",
    "Romania",
    "Poland",
    "Spain",
    "Portugal",
    "France",
    "United States",
    "New Zealand",
    "Germany",
    "",
}
ACTIVITY_LABELS = {
    "External Identifier",
    "Activity Type Label",
    "Activity Type ID",
    "Activity Date",
    "Subject",
    "Details",
}


class CiviCRM:
    """Keeps these rules.

    - Matching labels are picked by themselves. Contacts are matched by External Identifier, then by address.
    - With "Update" what the file says replaces what is there; blank cells replace nothing.
    - Flags are 1 or 0, and no flag means no objection. There is no other consent.
    - Countries go by their names. First and last name have 64 characters, the others 255.
    - An activity needs a date and one of type label or type ID, of a type that exists, and a contact.
    """

    preset = "civicrm"

    def __init__(self, *, mailed=frozenset(), left=frozenset()):
        self.contacts = [{"Email": address} for address in mailed]
        self.contacts += [{"Email": address, "No Bulk Emails (User Opt Out)": "1"} for address in left]
        self.by_id, self.by_address = {}, {contact["Email"]: contact for contact in self.contacts}
        self.activities = []
        self.refused = []

    def follow_readme(self, files):
        assert sorted(files) == ["1-contacts", "2-activities", "3-consents"]
        self.import_contacts(files["1-contacts"])
        for name in ("2-activities", "3-consents"):
            types = {row["Activity Type Label"] for row in read(files[name])}
            self.import_activities(files[name], types=types)

    def import_contacts(self, text):
        for row in read(text):
            assert not row.keys() - CONTACT_LABELS
            assert row["Country"] in COUNTRIES
            assert all(len(row[name]) <= 64 for name in ("First Name", "Last Name", "External Identifier"))
            assert len(row["Contact Source"]) <= 255
            assert all(row[flag] in {"1", "0", ""} for flag in FLAGS)
            identifier, address = row["External Identifier"], row["Email"].lower()
            contact = self.by_id.get(identifier) or self.by_address.get(address)
            if contact is None:
                contact = {}
                self.contacts.append(contact)
            contact.update({label: value for label, value in row.items() if value})
            self.by_id[identifier] = self.by_address[address] = contact

    def import_activities(self, text, *, types):
        for row in read(text):
            assert not row.keys() - ACTIVITY_LABELS
            assert not {"Activity Type Label", "Activity Type ID"} <= row.keys(), "Either one or the other."
            datetime.strptime(row["Activity Date"], "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - it carries no zone
            assert len(row["Subject"]) <= 255
            if row["Activity Type Label"] not in types or row["External Identifier"] not in self.by_id:
                self.refused.append(row)
            else:
                self.activities.append(row)

    def would_mail(self):
        stops = ("No Bulk Emails (User Opt Out)", "Do Not Email")
        return {contact["Email"].lower() for contact in self.contacts if "1" not in map(contact.get, stops)}
