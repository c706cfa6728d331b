"""What each group may do about events and those who register.

Moderators read questions. Organisers run events: the room, who comes, mails to them. What somebody needs because of
their health is seen by a group of its own, into which an organiser is put by name.
"""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

QUESTIONS = [("question", "view_question"), ("question", "change_question")]
REGISTRATIONS = ("registration", "view_registration")
ENTER = ("admin", "access_admin")

GROUPS = {
    "Moderators": QUESTIONS,
    "Organisers": [
        *QUESTIONS,
        REGISTRATIONS,
        ("registration", "change_registration"),
        ("registration", "message_registrants"),
        *(("room", f"{verb}_room") for verb in ("add", "change", "view")),
    ],
    "Data officers": [REGISTRATIONS, ("registration", "export_registrations")],
    "Access leads": [ENTER, REGISTRATIONS, ("accessneeds", "view_accessneeds")],
}
# Django names these itself after every migration, and leaves rows that are there already alone.
WORDING = {
    "message_registrants": "Can write to the people registered for an event",
    "export_registrations": "Can take out the list of who is registered, with addresses",
    "view_accessneeds": "Can view access needs",
    "access_admin": "Can access Wagtail admin",
}


def extend_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    Group = apps.get_model("auth", "Group")
    for name, permissions in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, *permission) for permission in permissions))


def _permission(apps: Apps, model: str, codename: str) -> object:
    # On a new database the rows that Django makes for permissions come only after the last migration.
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailadmin" if (model, codename) == ENTER else "events", model=model
    )
    name = WORDING.get(codename) or f"Can {codename.replace('_', ' ')}"
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("events", "0001_initial"),
        ("supporters", "0005_let_groups_see_to_people"),
    ]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(extend_groups, migrations.RunPython.noop, elidable=False)
    ]
