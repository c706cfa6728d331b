"""listmonk's import, after its importer (internal/subimporter) and its statements for subscribing and blocking."""

import json
import re

from tests.supporters.preset_files import read

KNOWN = {"email", "name", "attributes"}


class Listmonk:
    """Keeps these rules.

    - Headings are compared exactly, after everything outside ASCII is dropped from them; others are ignored.
    - Go's csv reader refuses a file that has a byte order mark in front of a quote mark.
    - A row with fewer cells than there are known headings is skipped, as is one without a plain address.
    - Addresses are lower-cased. A blank name is made out of the part before the @.
    - attributes is a JSON object, or is dropped.
    - Subscribing changes neither the details nor the status of somebody it knows, with both switches off,
      and never reaches somebody who is blocklisted.
    """

    preset = "listmonk"

    def __init__(self, *, mailed=frozenset(), left=frozenset()):
        self.subscribers = {}
        for address in [*mailed, *left]:
            self.subscribers[address] = {"name": "Known", "attributes": {}, "is_blocked": False}
        self.list_status = {**dict.fromkeys(mailed, "confirmed"), **dict.fromkeys(left, "unsubscribed")}
        self.invented_names = []
        self.dropped_attributes = []

    def follow_readme(self, files):
        assert sorted(files) == ["1-blocklist", "2-subscribe"]
        self.import_file(files["1-blocklist"], mode="blocklist")
        self.import_file(files["2-subscribe"], mode="subscribe")

    def import_file(self, text, *, mode):
        assert not text.startswith("\ufeff"), "parse error: bare quote in a non-quoted field"
        for row in read(text):
            cells = {re.sub(r"[^\x00-\x7f]", "", heading.strip()): value for heading, value in row.items()}
            known = {heading: value for heading, value in cells.items() if heading in KNOWN}
            assert "email" in known, "'email' column not found"
            address = known["email"].strip().lower()
            if not re.fullmatch(r"[^\s<>@,;]+@[^\s<>@,;]+", address):
                continue
            subscriber = {
                "name": self.name(known, address),
                "attributes": self.attributes(known),
                "is_blocked": False,
            }
            self.subscribers.setdefault(address, subscriber)
            if mode == "blocklist":
                self.subscribers[address]["is_blocked"] = True
                self.list_status[address] = "unsubscribed"
            elif not self.subscribers[address]["is_blocked"]:
                self.list_status.setdefault(address, "confirmed")

    def name(self, cells, address):
        name = cells.get("name", "").strip()
        if not name:
            self.invented_names.append(address)
        return name or address.partition("@")[0].replace(".", " ").title()

    def attributes(self, cells):
        try:
            attributes = json.loads(cells.get("attributes") or "{}")
        except ValueError:
            attributes = None
        if not isinstance(attributes, dict):
            self.dropped_attributes.append(cells)
            return {}
        return attributes

    def would_mail(self):
        return {
            address
            for address, status in self.list_status.items()
            if status == "confirmed" and not self.subscribers[address]["is_blocked"]
        }
