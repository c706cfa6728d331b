from django.apps import AppConfig


class MpContactsConfig(AppConfig):
    name = "mp_contacts"
    verbose_name = "Letters to MPs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for what they register: what a letter is, its mails, what their links do, when writers are
        # forgotten, and the postcode directory.
        from mp_contacts import actions, emails, links, retention, seating  # noqa: F401, PLC0415
        # Imported for what they register: what a letter is, when writers are forgotten, and the postcode directory.
        from mp_contacts import actions, postcode_questions, retention, seating  # noqa: F401, PLC0415
