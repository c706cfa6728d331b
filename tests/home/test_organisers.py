"""Organisers have an address and one name, in every form the workspace has for them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client

from home.models import User

pytestmark = pytest.mark.django_db

# Wagtail's own templates read variables that are not there; ours are held to more in the other files.
wagtail_templates = pytest.mark.ignore_template_errors

PASSWORD = "a long enough sentence"


@pytest.fixture
def organiser() -> User:
    return User.objects.create_superuser("organiser@example.org", PASSWORD, name="Ada")


def test_an_organiser_signs_in_with_an_address_in_any_case(client: Client, organiser: User) -> None:
    assert client.login(username="Organiser@Example.org", password=PASSWORD)


def test_one_address_is_one_user_in_any_case(organiser: User) -> None:
    with pytest.raises(ValidationError, match="Another user has this e-mail address"):
        User(email="ORGANISER@example.org", password="x").full_clean()
    with pytest.raises(IntegrityError):
        User.objects.create(email="ORGANISER@example.org")


def test_a_user_needs_an_address() -> None:
    with pytest.raises(ValueError, match="e-mail address"):
        User.objects.create_user("")


def test_colleagues_see_the_name_or_else_the_address(organiser: User) -> None:
    assert str(organiser) == organiser.get_full_name() == "Ada"
    assert str(User(email="new@example.org")) == "new@example.org"


@wagtail_templates
def test_an_organiser_adds_a_colleague_with_one_name(client: Client, organiser: User) -> None:
    client.force_login(organiser)
    page = client.get("/admin/users/new/").content.decode()
    assert 'name="name"' in page
    assert "first_name" not in page
    answer = client.post(
        "/admin/users/new/",
        {"email": "bea@example.org", "name": "Bea", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert User.objects.get(email="bea@example.org").name == "Bea"


@wagtail_templates
def test_an_organiser_renames_a_colleague(client: Client, organiser: User) -> None:
    colleague = User.objects.create_user("bea@example.org", PASSWORD, name="Bea")
    client.force_login(organiser)
    url = f"/admin/users/edit/{colleague.pk}/"
    assert "last_name" not in client.get(url).content.decode()
    client.post(url, {"email": "bea@example.org", "name": "Beatriz", "is_active": "on"})
    colleague.refresh_from_db()
    assert colleague.name == "Beatriz"
    assert colleague.check_password(PASSWORD)


@wagtail_templates
def test_everyone_can_change_their_own_name(client: Client, organiser: User) -> None:
    client.force_login(organiser)
    page = client.get("/admin/account/").content.decode()
    assert 'name="name_email-name"' in page
    assert "first_name" not in page
