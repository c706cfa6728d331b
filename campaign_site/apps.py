from django.apps import AppConfig


class CampaignSiteConfig(AppConfig):
    name = "campaign_site"

    def ready(self) -> None:
        from campaign_site import checks  # noqa: F401, PLC0415  (registers the system checks)
        from campaign_site.edge import publishing  # noqa: PLC0415  (needs the models)

        publishing.connect()
