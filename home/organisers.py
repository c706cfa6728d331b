"""The organisers' own forms in the workspace: one name, an e-mail address, no username."""

from typing import ClassVar

from django import forms
from wagtail.admin.forms.account import NameEmailForm
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from home.models import User


class OrganiserCreationForm(UserCreationForm):
    """A new colleague."""

    first_name = None
    last_name = None

    class Meta(UserCreationForm.Meta):
        model = User
        fields: ClassVar[set[str]] = {"email", "name", "is_superuser", "groups"}


class OrganiserEditForm(UserEditForm):
    """What an administrator may change about a colleague."""

    first_name = None
    last_name = None

    class Meta(UserEditForm.Meta):
        model = User
        fields: ClassVar[set[str]] = {"email", "name", "is_active", "is_superuser", "groups"}


class OwnNameForm(NameEmailForm):
    """What anybody may change about themselves."""

    first_name = None
    last_name = None

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["name", "email"]


class OrganiserViewSet(UserViewSet):
    """Wagtail's list of users, with these forms."""

    create_template_name = "home/organisers/create.html"
    edit_template_name = "home/organisers/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return OrganiserEditForm if for_update else OrganiserCreationForm
