"""What each group may do about members of Parliament and letters to them.

Moderators read what is held and what MPs answered, and decide. Organisers also keep the members' side of it:
addresses, opt-outs, where somebody stands. Data officers see that letters exist, and not what they say.
"""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MODERATE = ("letter", "moderate_letters")
LETTERS = ("letter", "view_letter")
MEMBERS = ("member", "view_member")

GROUPS = {
    "Moderators": [MODERATE],
    "Organisers": [
        MODERATE,
        LETTERS,
        MEMBERS,
        ("member", "change_member"),
        ("member", "print_briefings"),
        *(("position", f"{verb}_position") for verb in ("add", "change", "delete", "view")),
    ],
    "Data officers": [LETTERS, MEMBERS],
}
# Django names these itself after every migration, and leaves rows that are there already alone.
WORDING = {
    "moderate_letters": "Can release and refuse letters that are held, and read what MPs answered",
    "print_briefings": "Can print briefing sheets about members of Parliament",
}


def extend_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    Group = apps.get_model("auth", "Group")
    for name, permissions in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, *permission) for permission in permissions))


def _permission(apps: Apps, model: str, codename: str) -> object:
    # On a new database the rows that Django makes for permissions come only after the last migration.
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="mp_contacts", model=model
    )
    name = WORDING.get(codename) or f"Can {codename.replace('_', ' ')}"
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("mp_contacts", "0001_initial"),
        ("supporters", "0005_let_groups_see_to_people"),
    ]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(extend_groups, migrations.RunPython.noop, elidable=False)
    ]
