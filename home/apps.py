from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


def speak_every_language(**_about: Any) -> None:
    """Let pages be translated into every language of the settings, on a new site and when one is added."""
    from wagtail.models import Locale  # noqa: PLC0415 - models are there only now

    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


class HomeConfig(AppConfig):
    name = "home"
    # Of the two in this module; without it Django takes neither, and nothing below would run.
    default = True
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from home import closed_translations, report_documents  # noqa: PLC0415 - models are there only now
        from home.finding import withdrawn  # noqa: PLC0415 - it imports models
        from home.services import front_door  # noqa: PLC0415 - it imports models

        report_documents.listen()
        post_migrate.connect(speak_every_language, sender=self, dispatch_uid="home.languages")
        withdrawn.listen()
        front_door.listen()
        closed_translations.listen()


class OrganisersConfig(WagtailUsersAppConfig):
    """Wagtail's user management, with forms for people who have one name and no username."""

    user_viewset = "home.organisers.OrganiserViewSet"
