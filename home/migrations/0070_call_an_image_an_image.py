from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("home", "0065_say_the_foot_in_other_languages")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AlterModelOptions(
            name="parasolimage", options={"verbose_name": "image", "verbose_name_plural": "images"}
        ),
    ]
