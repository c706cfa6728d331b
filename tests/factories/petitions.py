import factory
import wagtail_factories
from wagtail.models import Page, Site

from home.models import CampaignPage, HomePage
from petitions.models import PetitionPage
from petitions.selectors import SigningTerms, signing_terms
from petitions.services import SignatureDraft
from supporters.models import ConsentText


class HomePageFactory(wagtail_factories.PageFactory):
    title = "Front door"
    statement = "Safe to report"
    parent = factory.LazyFunction(lambda: Page.objects.get(depth=1))

    class Meta:
        model = HomePage


def home_page() -> HomePage:
    """The front door of the default site, made on first use."""
    home = HomePage.objects.first() or HomePageFactory()
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
    )
    return home


class CampaignPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence("Campaign {}".format)
    demand = "Change the law."
    summary = "Why the law must change."
    parent = factory.LazyFunction(home_page)

    class Meta:
        model = CampaignPage


class ConsentTextFactory(factory.django.DjangoModelFactory):
    wording = "Yes, write to me about this campaign, about once a month. I can stop at any time."
    controller = "Example Campaign"
    version = factory.Sequence(lambda number: number + 1)

    class Meta:
        model = ConsentText


class PetitionPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence("Petition {}".format)
    addressed_to = "the Home Secretary"
    ask = "Do the right thing."
    controller = "Example Campaign"
    consent_text = factory.SubFactory(ConsentTextFactory)
    parent = factory.LazyFunction(lambda: CampaignPage.objects.first() or CampaignPageFactory())

    class Meta:
        model = PetitionPage


def terms_of(petition: PetitionPage) -> SigningTerms:
    terms = signing_terms(petition.pk)
    assert terms is not None
    return terms


def draft_for(petition: PetitionPage, **typed: object) -> SignatureDraft:
    values: dict[str, object] = {
        "terms": terms_of(petition),
        "email": "ada@example.org",
        "network": "192.0.2.0",
        "name": "Ada Example",
        "postcode": "SW1A 1AA",
        **typed,
    }
    return SignatureDraft(**values)  # type: ignore[arg-type]


def form_data(**typed: str) -> dict[str, str]:
    """What a browser posts from the signing form."""
    return {"name": "Ada Example", "email": "ada@example.org", "postcode": "SW1A 1AA", **typed}
