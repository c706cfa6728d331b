"""People of the workspace, each with the permissions named and no others."""

from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group, Permission

from home.models import User
from petitions.models import PetitionPage, Signature
from petitions.services import confirm_signature, sign_petition
from tests.conftest import GROUP_MIGRATIONS
from tests.factories.petitions import draft_for


def colleague(*codenames: str, email: str = "colleague@example.org") -> User:
    """Somebody who may enter the workspace and has these permissions besides."""
    user = User.objects.create_user(email, "a long password for tests", name="Robin")
    wanted = {"access_admin", *codenames}
    found = Permission.objects.filter(codename__in=wanted)
    assert {permission.codename for permission in found} == wanted
    user.user_permissions.set(found)
    return user


def member_of(name: str) -> User:
    """Somebody in one of the groups that the migrations make; tests that commit may have emptied the tables."""
    for module, extend in GROUP_MIGRATIONS:
        getattr(import_module(module), extend)(apps, None)
    user = User.objects.create_user(f"{name.replace(' ', '')}@example.org", "a long password for tests")
    user.groups.add(Group.objects.get(name=name))
    return user


def boss() -> User:
    return User.objects.create_superuser("boss@example.org", "a long password for tests")


def signed(petition: PetitionPage, *, confirmed: bool = True, **typed: object) -> Signature:
    """A signature made the way the public makes it."""
    before = set(Signature.objects.values_list("pk", flat=True))
    sign_petition(draft_for(petition, **typed))
    signature = Signature.objects.exclude(pk__in=before).get()
    if confirmed:
        confirm_signature(signature.pk)
    signature.refresh_from_db()
    return signature
