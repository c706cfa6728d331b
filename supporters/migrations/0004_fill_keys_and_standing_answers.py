"""Give the people who are here already the keys and the standing answers that new ones get by themselves."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from supporters.identity import mailbox_key, name_key, postcode_key

FILL_CURRENT = """
INSERT INTO supporters_currentconsent (supporter_id, purpose, choice, record_id, asked_at)
SELECT DISTINCT ON (r.supporter_id, t.purpose) r.supporter_id, t.purpose, r.choice, r.id, r.asked_at
FROM supporters_consentrecord r JOIN supporters_consenttext t ON t.id = r.text_id
ORDER BY r.supporter_id, t.purpose, r.asked_at DESC, r.id DESC
"""
BATCH = 1_000


def fill_keys(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Supporter = apps.get_model("supporters", "Supporter")
    keyed = ["mailbox_key", "name_key", "postcode_key", "last_act_at"]
    batch = []
    for supporter in Supporter.objects.iterator(chunk_size=BATCH):
        supporter.mailbox_key = mailbox_key(supporter.email) if supporter.email else None
        supporter.name_key = name_key(supporter.name)
        supporter.postcode_key = postcode_key(supporter.postcode)
        supporter.last_act_at = supporter.updated_at
        batch.append(supporter)
        if len(batch) == BATCH:
            Supporter.objects.bulk_update(batch, keyed)
            batch.clear()
    Supporter.objects.bulk_update(batch, keyed)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("supporters", "0003_people_consents_and_transfers")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(FILL_CURRENT, migrations.RunSQL.noop),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
    ]
