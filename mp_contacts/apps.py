from django.apps import AppConfig


class MpContactsConfig(AppConfig):
    name = "mp_contacts"
    verbose_name = "Letters to MPs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for what they register: what a letter is, and when writers are forgotten.
        from mp_contacts import actions, retention  # noqa: F401, PLC0415
