from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "petitions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for what they register: the mails this app sends, and what its links do.
        from petitions import emails, links  # noqa: F401, PLC0415
        from petitions.services import publishing  # noqa: PLC0415  (needs the models)

        publishing.connect()
