"""Find whose turn it is in a mailing, without holding up a running site."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("supporters", "0007_follow_mail_to_its_end")]

    operations = [
        AddIndexConcurrently(
            model_name="mailingrecipient",
            index=models.Index(
                condition=models.Q(("queued_at__isnull", True)),
                fields=["mailing"],
                name="supporters_mailing_whose_turn",
            ),
        ),
    ]
