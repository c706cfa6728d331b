from django.apps import AppConfig


class SupportersConfig(AppConfig):
    name = "supporters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registers its rule of retention.
        from supporters.imports import forgetting  # noqa: F401, PLC0415
