"""Translate milestones and updates with their petition, and keep signatures on the page that was translated."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

TABLES = ("petitions_milestone", "petitions_petitionupdate")
# Each row in the language of its page; and a key of its own, which those that translate it will share.
FILL = """
UPDATE {table} SET translation_key = gen_random_uuid(),
    locale_id = (SELECT locale_id FROM wagtailcore_page WHERE wagtailcore_page.id = {table}.page_id)
"""
# PostgreSQL changes no table that still has a check to make.
LOOK_AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0005_ask_for_more_than_one_consent"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            model_name="milestone",
            name="locale",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
                verbose_name="locale",
            ),
        ),
        migrations.AddField(
            model_name="milestone",
            name="translation_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="petitionupdate",
            name="locale",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
                verbose_name="locale",
            ),
        ),
        migrations.AddField(
            model_name="petitionupdate",
            name="translation_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunSQL([FILL.format(table=table) for table in TABLES] + [LOOK_AT_ONCE], migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="milestone",
            name="locale",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
                verbose_name="locale",
            ),
        ),
        migrations.AlterField(
            model_name="milestone",
            name="translation_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AlterField(
            model_name="petitionupdate",
            name="locale",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
                verbose_name="locale",
            ),
        ),
        migrations.AlterField(
            model_name="petitionupdate",
            name="translation_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AlterUniqueTogether(
            name="milestone",
            unique_together={("translation_key", "locale")},
        ),
        migrations.AlterUniqueTogether(
            name="petitionupdate",
            unique_together={("translation_key", "locale")},
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="papersignatures",
            trigger=pgtrigger.compiler.Trigger(
                name="kept_on_the_original",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM (SELECT DISTINCT petition_id AS id FROM new_rows) AS acted_on\n    JOIN wagtailcore_page shown ON shown.id = acted_on.id\n    JOIN wagtailcore_page earlier ON earlier.translation_key = shown.translation_key AND earlier.id < shown.id\n) THEN\n    RAISE EXCEPTION 'What is done on a translated page is kept on the page that it translates.'\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n",
                    hash="2e950e5020044462d652a8173ac26d9a0630feef",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_kept_on_the_original_8f736",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="petitions_papersignatures",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signature",
            trigger=pgtrigger.compiler.Trigger(
                name="kept_on_the_original",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM (SELECT DISTINCT petition_id AS id FROM new_rows) AS acted_on\n    JOIN wagtailcore_page shown ON shown.id = acted_on.id\n    JOIN wagtailcore_page earlier ON earlier.translation_key = shown.translation_key AND earlier.id < shown.id\n) THEN\n    RAISE EXCEPTION 'What is done on a translated page is kept on the page that it translates.'\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n",
                    hash="63598af20b71d887e10a49e5a5f4ea8a7c2c46f4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_kept_on_the_original_e6c4a",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="petitions_signature",
                    when="AFTER",
                ),
            ),
        ),
    ]
