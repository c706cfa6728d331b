from django.apps import AppConfig


class SupportersConfig(AppConfig):
    name = "supporters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for what they do when loaded: write mailings, take in what mail providers report.
        from supporters.mailings import mail  # noqa: F401, PLC0415
        from supporters.services import mailing, reports  # noqa: F401, PLC0415

        reports.connect()
