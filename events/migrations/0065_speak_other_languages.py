"""Translate agenda and speakers with their event, and keep registrations on the page that was translated."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

TABLES = ("events_agendaitem", "events_speaker")
# Each row in the language of its page; and a key of its own, which those that translate it will share.
FILL = """
UPDATE {table} SET translation_key = gen_random_uuid(),
    locale_id = (SELECT locale_id FROM wagtailcore_page WHERE wagtailcore_page.id = {table}.page_id)
"""
# PostgreSQL changes no table that still has a check to make.
LOOK_AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0030_write_to_those_who_came"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
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
            model_name="agendaitem",
            name="translation_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="speaker",
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
            model_name="speaker",
            name="translation_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunSQL([FILL.format(table=table) for table in TABLES] + [LOOK_AT_ONCE], migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="agendaitem",
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
            model_name="agendaitem",
            name="translation_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AlterField(
            model_name="speaker",
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
            model_name="speaker",
            name="translation_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AlterUniqueTogether(
            name="agendaitem",
            unique_together={("translation_key", "locale")},
        ),
        migrations.AlterUniqueTogether(
            name="speaker",
            unique_together={("translation_key", "locale")},
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="registration",
            trigger=pgtrigger.compiler.Trigger(
                name="kept_on_the_original",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM (SELECT DISTINCT page_id AS id FROM new_rows) AS acted_on\n    JOIN wagtailcore_page shown ON shown.id = acted_on.id\n    JOIN wagtailcore_page earlier ON earlier.translation_key = shown.translation_key AND earlier.id < shown.id\n) THEN\n    RAISE EXCEPTION 'What is done on a translated page is kept on the page that it translates.'\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n",
                    hash="81b5e4db326a825a2321d551f16b77bb4250808a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_kept_on_the_original_6df66",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="events_registration",
                    when="AFTER",
                ),
            ),
        ),
    ]
