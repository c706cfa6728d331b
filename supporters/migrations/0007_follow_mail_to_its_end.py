"""What providers report of a mail, what a sending domain says, and how far a mailing has come."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supporters", "0006_find_people_by_their_keys")]

    operations = [
        migrations.CreateModel(
            name="DomainCheck",
            fields=[
                ("domain", models.CharField(max_length=253, primary_key=True, serialize=False)),
                ("checked_at", models.DateTimeField()),
                ("findings", models.JSONField(help_text="As supporters.sending_domain words them.")),
            ],
        ),
        migrations.CreateModel(
            name="SoftBounce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email_key", models.BinaryField(max_length=32)),
                ("mail_key", models.BinaryField(help_text="SHA-256 of what the mail is known by.", max_length=32)),
                ("happened_at", models.DateTimeField(editable=False)),
            ],
            options={
                "indexes": [models.Index(fields=["happened_at"], name="supporters_softbounce_when")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("email_key", "mail_key"),
                        name="supporters_softbounce_once_a_mail",
                        violation_error_message="This mail is counted already.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="mailing",
            name="addressed",
            field=models.PositiveIntegerField(
                db_default=0, editable=False, help_text="How many people it was for when it was sent."
            ),
        ),
        migrations.AddField(
            model_name="mailingrecipient",
            name="queued_at",
            field=models.DateTimeField(
                editable=False,
                help_text="When their turn came: the mail went into the outbox, or they had said no.",
                null=True,
            ),
        ),
    ]
