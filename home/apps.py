from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class HomeConfig(AppConfig):
    name = "home"
    # Of the two in this module; without it Django takes neither, and nothing below would run.
    default = True
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from home import report_documents  # noqa: PLC0415 - models are there only now
        from home.services import front_door  # noqa: PLC0415

        report_documents.listen()
        front_door.listen()


class OrganisersConfig(WagtailUsersAppConfig):
    """Wagtail's user management, with forms for people who have one name and no username."""

    user_viewset = "home.organisers.OrganiserViewSet"
