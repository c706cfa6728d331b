"""Every column that holds or tells of a person has a rule that ends it, and people can read which."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import BinaryField

from supporters.crypto.fields import EncryptedTextField
from supporters.retention import retention_rules

# Columns without a clock, and why.
KEPT: dict[str, str] = {
    "supporters.Suppression.email_key": "or the next mail would go to somebody who asked for none",
    "supporters.AuditEntry.previous_hash": "of what organisers did; a chain with a missing link proves nothing",
    "supporters.AuditEntry.entry_hash": "of what organisers did; a chain with a missing link proves nothing",
    "supporters.ExportJob.sha256": "of a whole file, the key of which is gone; tells which file somebody has",
    "mp_contacts.PostcodeDirectory.content": "which postcode lies in which constituency; nothing about anybody",
    "home.ReportDocument.content": "a published report; goes with its page, and holds nothing about supporters",
    "home.KeptPoster.content": "a poster of a published page; goes with it, and holds nothing about supporters",
    "supporters.SoftBounce.mail_key": "of a mail, not of a person; goes with its row",
}


def label(field) -> str:
    return f"{field.model._meta.label}.{field.name}"


def personal_fields() -> set[str]:
    return {
        label(field)
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField | BinaryField)
    }


def with_a_clock() -> set[str]:
    return {name for rule in retention_rules() for name in rule.fields}


def test_every_personal_field_is_named_by_a_rule_or_kept_for_a_reason():
    assert len(personal_fields()) > 20
    assert personal_fields() - with_a_clock() - set(KEPT) == set()


def test_no_rule_names_a_field_that_is_not_there():
    fields = {label(field) for model in apps.get_models() for field in model._meta.local_concrete_fields}

    assert with_a_clock() - fields == set()


def test_nothing_is_kept_for_a_reason_that_has_a_clock_or_is_gone():
    assert set(KEPT) & with_a_clock() == set()
    assert set(KEPT) - personal_fields() == set()


@pytest.mark.parametrize("rule", retention_rules(), ids=lambda rule: rule.name)
def test_people_can_read_until_when(rule):
    page = (Path(settings.BASE_DIR) / "docs" / "data-protection.md").read_text()

    assert f"`{rule.name}`" in page
    assert rule.until in page, f"Write in docs/data-protection.md that it is kept until {rule.until}."


def test_the_page_names_no_rule_that_is_gone():
    page = (Path(settings.BASE_DIR) / "docs" / "data-protection.md").read_text()
    table = page.partition("## The clocks")[2].partition("\n## ")[0]
    named = [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")]

    assert sorted(named) == sorted(rule.name for rule in retention_rules())


def test_people_go_after_what_they_did():
    names = [rule.name for rule in retention_rules()]

    assert names.index("supporters.unconnected") > names.index("petitions.settled")
