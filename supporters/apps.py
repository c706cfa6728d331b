from django.apps import AppConfig


class SupportersConfig(AppConfig):
    name = "supporters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for what they register: the mail with the link to one's own page, and what that link opens.
        from supporters.privacy import links, mail  # noqa: F401, PLC0415
        # Imported for what they do when loaded: take in what mail providers report.
        from supporters.services import reports  # noqa: PLC0415  (needs the models)

        reports.connect()
