"""Mautic's contact import, after "Import contacts" in its documentation and the source of 5.1."""

from datetime import datetime

from tests.supporters.preset_files import read

OWN_ALIASES = {
    "email", "firstname", "lastname", "phone", "mobile", "address1", "city", "zipcode", "country", "preferred_locale",
    "dateAdded", "dateModified", "lastActive", "dateIdentified", "ip", "stage", "doNotEmail", "ownerusername", "tags",
}  # fmt: skip
TRUE = {"1", "true", "on", "yes"}
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
LOCALES = {"en_GB", "cy_GB", "es_ES", "pl_PL", "pt_PT", "ro_RO", ""}


class Mautic:
    """Keeps these rules.

    - Headings equal to aliases are matched by themselves; others need a custom field.
    - Contacts are matched by address. Blank cells overwrite nothing; the text NULL clears a field.
    - doNotEmail true adds a "do not contact", anything else, a blank too, takes one away. Without the
      column, nothing changes.
    - Tags are separated by a pipe; one with a minus in front is taken away.
    - A text of more than 64 characters fails the row.
    - Dates are YYYY-MM-DD hh:mm:ss. Countries and locales are those of its lists.
    """

    preset = "mautic"

    def __init__(self, *, mailed=frozenset(), left=frozenset()):
        self.contacts = {address: {"email": address} for address in [*mailed, *left]}
        self.do_not_contact = set(left)
        self.tags = {}
        self.custom_fields = set()

    def follow_readme(self, files):
        assert sorted(files) == ["1-do-not-email", "2-contacts"]
        self.import_contacts(files["1-do-not-email"])
        self.import_contacts(files["2-contacts"])

    def import_contacts(self, text):
        for row in read(text):
            self.custom_fields |= row.keys() - OWN_ALIASES
            address = row["email"].lower()
            contact = self.contacts.setdefault(address, {})
            if "doNotEmail" in row:
                self.change_do_not_contact(address, is_true=row["doNotEmail"].lower() in TRUE)
            for alias, value in row.items():
                if alias in {"firstname", "lastname", "phone", "zipcode"}:
                    assert len(value) <= 64
                if value == "NULL":
                    contact[alias] = ""
                elif value and alias not in {"tags", "doNotEmail"}:
                    contact[alias] = value
            self.check_values(row)
            self.change_tags(address, row.get("tags", ""))

    def check_values(self, row):
        if row.get("dateAdded"):
            datetime.strptime(row["dateAdded"], "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - it carries no zone
        assert row.get("country", "") in COUNTRIES
        assert row.get("preferred_locale", "") in LOCALES

    def change_do_not_contact(self, address, *, is_true):
        if is_true:
            self.do_not_contact.add(address)
        else:
            self.do_not_contact.discard(address)

    def change_tags(self, address, cell):
        tags = self.tags.setdefault(address, set())
        for tag in filter(None, cell.split("|")):
            if tag.startswith("-"):
                tags.discard(tag[1:])
            else:
                tags.add(tag)

    def would_mail(self):
        return self.contacts.keys() - self.do_not_contact
