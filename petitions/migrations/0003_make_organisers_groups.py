"""Groups to put colleagues into, each with what its work needs and no more.

Moderators exist from the start (Wagtail makes them, with the right to publish) and may now decide on
comments. Organisers run petitions but take no list of names away; data officers take lists, and cannot
moderate or edit. Rights to edit pages stay where they are: a colleague can be in several groups.
"""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ENTER = ("wagtailadmin", "admin", "access_admin")
VIEW = ("petitions", "signature", "view_signature")
MODERATE = ("petitions", "signature", "moderate_comments")
EXPORT = ("petitions", "signature", "export_signatures")
PAPER = [("petitions", "papersignatures", f"{verb}_papersignatures") for verb in ("add", "delete", "view")]
CONSENT = [("supporters", "consenttext", f"{verb}_consenttext") for verb in ("add", "change", "view")]

GROUPS = {
    "Moderators": [ENTER, MODERATE],
    "Organisers": [ENTER, VIEW, MODERATE, *PAPER, *CONSENT],
    "Data officers": [ENTER, VIEW, EXPORT],
}
# Django names these itself after every migration, and leaves rows that are there already alone.
WORDING = {
    "access_admin": "Can access Wagtail admin",
    "moderate_comments": "Can approve and refuse comments",
    "export_signatures": "Can make a hand-in pack with signers' names",
}
MODEL_NAMES = {"signature": "signature", "papersignatures": "paper signatures", "consenttext": "consent text"}


def make_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    Group = apps.get_model("auth", "Group")
    for name, permissions in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, *permission) for permission in permissions))


def _permission(apps: Apps, app_label: str, model: str, codename: str) -> object:
    # On a new database the rows that Django makes for permissions come only after the last migration.
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    name = WORDING.get(codename) or f"Can {codename.partition('_')[0]} {MODEL_NAMES[model]}"
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission


def remove_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=["Organisers", "Data officers"]).delete()


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("petitions", "0002_analyse_signatures_early"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(make_groups, remove_groups, elidable=False)
    ]
