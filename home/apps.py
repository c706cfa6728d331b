from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class HomeConfig(AppConfig):
    name = "home"
    default_auto_field = "django.db.models.BigAutoField"


class OrganisersConfig(WagtailUsersAppConfig):
    """Wagtail's user management, with forms for people who have one name and no username."""

    user_viewset = "home.organisers.OrganiserViewSet"
