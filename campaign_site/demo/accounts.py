"""Sign-ins for the demo's organisers, with passwords nobody could guess."""

import os
import secrets
from pathlib import Path

from django.contrib.auth.models import Group, Permission

from home.models import User

ORGANISER = "organiser@example.org"
EDITOR = "editor@example.org"


def create_accounts(file: Path) -> dict[str, str]:
    """An organiser who may do everything and an editor who may write and moderate; their passwords by address.

    They are written to ``file``, readable by its owner alone, before the accounts can be used: a start that is
    cut short leaves a file without accounts, never accounts without a password anyone knows.
    """
    passwords = {address: secrets.token_urlsafe(12) for address in (ORGANISER, EDITOR)}
    User.objects.create_superuser(ORGANISER, passwords[ORGANISER], name="Robin (invented organiser)")
    editor = User.objects.create_user(EDITOR, passwords[EDITOR], name="Sam (invented editor)")
    editor.groups.set(Group.objects.filter(name__in=["Editors", "Moderators"]))
    editor.user_permissions.add(Permission.objects.get(codename="moderate_comments"))
    _write_privately(
        file,
        f"Organiser: {ORGANISER}  password: {passwords[ORGANISER]}\n"
        f"Editor:    {EDITOR}  password: {passwords[EDITOR]}\n",
    )
    return passwords


def _write_privately(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(text)
