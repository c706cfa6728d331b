"""Find people by their keys, and mails by what the provider calls them, without holding up a running site."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("supporters", "0005_let_groups_see_to_people")]

    operations = [
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                condition=models.Q(("provider_id", ""), _negated=True),
                fields=["provider_id"],
                name="supporters_message_provider",
            ),
        ),
        AddIndexConcurrently(
            model_name="supporter",
            index=models.Index(fields=["-created_at", "id"], name="supporters_supporter_newest"),
        ),
        AddIndexConcurrently(
            model_name="supporter",
            index=models.Index(fields=["last_act_at"], name="supporters_supporter_last_act"),
        ),
        AddIndexConcurrently(
            model_name="supporter",
            index=models.Index(
                condition=models.Q(("mailbox_key__isnull", False)),
                fields=["mailbox_key"],
                name="supporters_supporter_mailbox",
            ),
        ),
        AddIndexConcurrently(
            model_name="supporter",
            index=models.Index(
                condition=models.Q(("phone_key__isnull", False)),
                fields=["phone_key"],
                name="supporters_supporter_phone",
            ),
        ),
        AddIndexConcurrently(
            model_name="supporter",
            index=models.Index(
                condition=models.Q(("name_key__isnull", False)),
                fields=["name_key", "postcode_key"],
                name="supporters_supporter_namesake",
            ),
        ),
    ]
