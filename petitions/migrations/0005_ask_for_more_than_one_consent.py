"""Ask about several purposes on one page, a box each, and keep what was ticked until the address is confirmed."""

import django.contrib.postgres.fields
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0004_note_when_a_petition_was_taken_down"),
        ("supporters", "0006_find_people_by_their_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="petitionpage",
            name="further_consents",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="One more unticked box each. Every purpose is asked about once.",
                related_name="+",
                to="supporters.consenttext",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="ticked_texts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                db_default=[],
                default=list,
                editable=False,
                help_text="Keys of the further wordings whose box was ticked; empty once the answers are in the ledger.",
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="petitionpage",
            name="consent_text",
            field=models.ForeignKey(
                blank=True,
                help_text="The words beside the unticked box that asks whether you may write again. "
                "A page that only counts needs none.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="supporters.consenttext",
            ),
        ),
    ]
