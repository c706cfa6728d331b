from django.apps import AppConfig


class SupportersConfig(AppConfig):
    name = "supporters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for what they register: the mails this app sends, what files people can take away, and when
        # those and the reports about mails are gone.
        from supporters import emails  # noqa: F401, PLC0415
        from supporters.exports import forgetting, presets  # noqa: F401, PLC0415
        from supporters.mailings import mail  # noqa: F401, PLC0415
        from supporters.services import mailing, reports  # noqa: F401, PLC0415

        reports.connect()
