"""Sign-ins for the demo's organisers, with passwords nobody could guess."""

import os
import secrets
from pathlib import Path

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from home.models import User

ORGANISER = "organiser@example.org"
EDITOR = "editor@example.org"
OFFICER = "officer@example.org"

EDITORS = "Campaign editors"
OFFICERS = "Data officers"
EVERYWHERE = [("wagtailadmin", "access_admin"), ("petitions", "moderate_comments")]
ON_PAGES = ["add_page", "change_page", "publish_page"]
ON_PICTURES = ["add_image", "change_image", "choose_image"]


def create_accounts(file: Path) -> dict[str, str]:
    """An organiser who may do everything, an editor and a data officer; their passwords by address.

    They are written to ``file``, readable by its owner alone, before the accounts can be used: a start that is
    cut short leaves a file without accounts, never accounts without a password anyone knows.
    """
    passwords = {address: secrets.token_urlsafe(12) for address in (ORGANISER, EDITOR, OFFICER)}
    User.objects.create_superuser(ORGANISER, passwords[ORGANISER], name="Robin (invented organiser)")
    editor = User.objects.create_user(EDITOR, passwords[EDITOR], name="Sam (invented editor)")
    editor.groups.add(editors())
    officer = User.objects.create_user(OFFICER, passwords[OFFICER], name="Kim (invented data officer)")
    # The group that every site has from its migrations, with its rights as they stand there.
    officer.groups.add(Group.objects.get(name=OFFICERS))
    _write_privately(
        file,
        f"Organiser: {ORGANISER}  password: {passwords[ORGANISER]}\n"
        f"Editor:    {EDITOR}  password: {passwords[EDITOR]}\n"
        f"Officer:   {OFFICER}  password: {passwords[OFFICER]}\n",
    )
    return passwords


def editors() -> Group:
    """Those who write and publish pages and read comments before others do, and never see who signed."""
    group, is_new = Group.objects.get_or_create(name=EDITORS)
    if is_new:
        group.permissions.set(_permission(app, codename) for app, codename in EVERYWHERE)
        root, pictures = Page.objects.get(depth=1), Collection.objects.get(depth=1)
        for codename in ON_PAGES:
            permission = _permission("wagtailcore", codename)
            GroupPagePermission.objects.create(group=group, page=root, permission=permission)
        for codename in ON_PICTURES:
            permission = _permission("wagtailimages", codename)
            GroupCollectionPermission.objects.create(group=group, collection=pictures, permission=permission)
    return group


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _write_privately(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(text)
