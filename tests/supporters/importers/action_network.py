"""Action Network's upload, after its help pages "File formats for list uploads", "Uploading a new email or
mobile list" and "Unsubscribing, resubscribing, and deleting activists via upload".
"""

from tests.supporters.preset_files import read

OWN_FIELDS = {
    "email",
    "mobile number",
    "first name",
    "last name",
    "address",
    "city",
    "state",
    "ZIP/postal code",
    "country",
}


class ActionNetwork:
    """Keeps these rules.

    - Headings equal to its own field names are matched by themselves; any other is a custom column.
    - Rows without a plausible address are skipped; addresses are matched whatever their case.
    - New people are subscribed. People who unsubscribed stay so, unless the resubscribe box is ticked.
    - With the unsubscribe box, whoever matches is unsubscribed, and nobody is added.
    - Nobody is subscribed to text messages without a box of its own.
    """

    preset = "action-network"

    def __init__(self, *, mailed=frozenset(), left=frozenset()):
        self.subscribed = {**dict.fromkeys(mailed, True), **dict.fromkeys(left, False)}
        self.people = {}
        self.custom_columns = set()

    def follow_readme(self, files):
        assert sorted(files) == ["1-unsubscribe", "2-upload"]
        self.upload(files["1-unsubscribe"], unsubscribe=True)
        self.upload(files["2-upload"])

    def upload(self, text, *, unsubscribe=False, resubscribe=False):
        for row in read(text):
            assert "email" in row, "An upload by e-mail needs the column email."
            address = row["email"].strip().lower()
            if "@" not in address:
                continue
            if unsubscribe:
                if address in self.subscribed:
                    self.subscribed[address] = False
                continue
            self.custom_columns |= row.keys() - OWN_FIELDS
            self.people[address] = row
            if resubscribe or address not in self.subscribed:
                self.subscribed[address] = True

    def would_mail(self):
        return {address for address, yes in self.subscribed.items() if yes}
