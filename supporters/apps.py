from django.apps import AppConfig


class SupportersConfig(AppConfig):
    name = "supporters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for what they register: what files people can take away, and when files are gone.
        from supporters.exports import forgetting, presets  # noqa: F401, PLC0415
        from supporters.imports import forgetting as forgetting_imports  # noqa: F401, PLC0415
