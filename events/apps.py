from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for what they register: what a registration is, its mails, what their links do, and when what is
        # kept of people goes.
        from events import (  # noqa: F401, PLC0415
            actions,
            clock_emails,
            emails,
            links,
            managing,
            organiser_emails,
            retention,
            room_emails,
        )
