from django.apps import AppConfig


class MpContactsConfig(AppConfig):
    name = "mp_contacts"
    verbose_name = "Letters to MPs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for what they register: what a letter is, its mails, the system checks, what their links do, when
        # what is kept of writers goes, and the postcode directory.
        from mp_contacts import (  # noqa: PLC0415
            actions,  # noqa: F401
            answer_page,  # noqa: F401
            checks,  # noqa: F401
            emails,  # noqa: F401
            links,  # noqa: F401
            postcode_questions,  # noqa: F401
            reply_retention,  # noqa: F401
            retention,  # noqa: F401
            seating,  # noqa: F401
            survey_mail,  # noqa: F401
        )
        from mp_contacts.delivery import office_mail  # noqa: F401, PLC0415
