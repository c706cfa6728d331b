from django.apps import AppConfig


class SupportersConfig(AppConfig):
    name = "supporters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for what they do when loaded: register the rules of how long people's data is kept, the mail
        # and the link by which somebody stays, those to one's own page, mailings, and what takes in the reports
        # of mail providers.
        from supporters import emails, limits, links, outbox, purging, staying  # noqa: F401, PLC0415
        from supporters.mailings import mail as mailing_mail  # noqa: F401, PLC0415
        from supporters.privacy import links as own_page  # noqa: F401, PLC0415
        from supporters.privacy import mail as own_page_mail  # noqa: F401, PLC0415
        from supporters.services import keeping, reports  # noqa: F401, PLC0415

        reports.connect()
