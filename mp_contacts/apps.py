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
        # Imported for what they register: what a letter is, its mails and links, when writers are forgotten, and the
        # postcode directory.
        from mp_contacts import (  # noqa: PLC0415
            actions,  # noqa: F401
            answer_page,  # noqa: F401
            reply_retention,  # noqa: F401
            retention,  # noqa: F401
            seating,  # noqa: F401
            survey_mail,  # noqa: F401
        )
