from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "petitions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported for what they register: the mails this app sends, what its links do, what a signature is,
        # and when signers are forgotten.
        from petitions import actions, emails, links, retention  # noqa: F401, PLC0415
        from petitions.services import publishing  # noqa: PLC0415  (needs the models)

        publishing.connect()
