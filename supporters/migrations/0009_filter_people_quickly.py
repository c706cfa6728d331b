"""Let the list of a million people be filtered at once, without holding up a running site."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("supporters", "0008_find_whose_turn_it_is")]

    operations = [
        AddIndexConcurrently(
            model_name="supporter",
            index=models.Index(
                condition=~models.Q(constituency_code=""),
                fields=["constituency_code", "-created_at"],
                name="supporters_supporter_seat",
            ),
        ),
        AddIndexConcurrently(
            model_name="supporter",
            index=models.Index(
                condition=~models.Q(country="GB"),
                fields=["country", "-created_at"],
                name="supporters_supporter_abroad",
            ),
        ),
        AddIndexConcurrently(
            model_name="supporter",
            index=models.Index(
                condition=~models.Q(language="en"),
                fields=["language", "-created_at"],
                name="supporters_supporter_language",
            ),
        ),
    ]
