"""What each group may do with people's data.

Data officers see people, take lists out and in, merge and erase, and read the audit trail; phone numbers and
postcodes leave only with a right that somebody gives by hand. Organisers write to segments without ever
seeing who is in them.
"""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SEGMENTS = [("segment", f"{verb}_segment") for verb in ("add", "change", "delete", "view")]

GROUPS = {
    "Data officers": [
        ("supporter", "view_supporter"),
        ("supporter", "change_supporter"),
        ("supporter", "export_supporters"),
        ("supporter", "import_supporters"),
        ("supporter", "merge_supporters"),
        ("supporter", "erase_supporters"),
        ("supporter", "view_delivery_health"),
        ("auditentry", "view_auditentry"),
        *SEGMENTS,
    ],
    "Organisers": [("supporter", "send_mailings"), ("supporter", "view_delivery_health"), *SEGMENTS],
}
# Django names these itself after every migration, and leaves rows that are there already alone.
WORDING = {
    "view_supporter": "Can view supporter",
    "change_supporter": "Can change supporter",
    "export_supporters": "Can export supporters",
    "import_supporters": "Can import supporters",
    "merge_supporters": "Can merge two records of one person",
    "erase_supporters": "Can erase a person on their request",
    "send_mailings": "Can write to supporters who agreed to it",
    "view_delivery_health": "Can see how mail is delivered",
    "view_auditentry": "Can view audit entry",
}


def extend_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    Group = apps.get_model("auth", "Group")
    for name, permissions in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, *permission) for permission in permissions))


def _permission(apps: Apps, model: str, codename: str) -> object:
    # On a new database the rows that Django makes for permissions come only after the last migration.
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="supporters", model=model
    )
    name = WORDING.get(codename) or f"Can {codename.replace('_', ' ')}"
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("supporters", "0004_fill_keys_and_standing_answers"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(extend_groups, migrations.RunPython.noop, elidable=False)
    ]
