from django.apps import AppConfig


class SupportersConfig(AppConfig):
    name = "supporters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for what they do when loaded: register the rules of how long people's data is kept, the mails and
        # links of this app, the files that can be taken away, and what takes in the reports of mail providers.
        from supporters import emails, limits, links, merge_journal, outbox, purging, staying  # noqa: F401, PLC0415
        from supporters.exports import forgetting as exports_forgotten  # noqa: F401, PLC0415
        from supporters.exports import presets  # noqa: F401, PLC0415
        from supporters.imports import forgetting as imports_forgotten  # noqa: F401, PLC0415
        from supporters.mailings import mail as mailing_mail  # noqa: F401, PLC0415
        from supporters.privacy import links as privacy_links  # noqa: F401, PLC0415
        from supporters.privacy import mail as privacy_mail  # noqa: F401, PLC0415
        from supporters.services import keeping, mailing, reports  # noqa: F401, PLC0415

        reports.connect()
