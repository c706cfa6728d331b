from django.apps import AppConfig


class SupportersConfig(AppConfig):
    name = "supporters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for what they register: the rules of how long people's data is kept.
        from supporters import limits, links, outbox, purging  # noqa: F401, PLC0415
        from supporters.services import keeping  # noqa: F401, PLC0415
