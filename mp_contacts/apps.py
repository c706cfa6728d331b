from django.apps import AppConfig


class MpContactsConfig(AppConfig):
    name = "mp_contacts"
    verbose_name = "Letters to MPs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Imports what registers itself: mails, links, what a letter is, and when writers are forgotten."""
