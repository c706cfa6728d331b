"""Organisers say when Parliament is dissolved, and whether an outside service may be asked about postcodes."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def extend_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Organisers")
    # On a new database the rows that Django makes for permissions come only after the last migration.
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="mp_contacts", model="lettersettings"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename="change_lettersettings",
        defaults={"name": "Can change letters to MPs"},
    )
    group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("mp_contacts", "0002_let_groups_see_to_letters")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(extend_groups, migrations.RunPython.noop, elidable=False)
    ]
