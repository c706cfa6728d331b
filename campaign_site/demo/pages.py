"""The demo campaign's pages, made the way an editor makes them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale, Page

from campaign_site.demo import front, plain_pages
from campaign_site.demo.campaigns import CAMPAIGNS
from campaign_site.demo.event_pages import event_page
from campaign_site.demo.letter_pages import letter_page, parliament_page
from campaign_site.demo.logos import logo_of
from campaign_site.demo.pieces import Source
from campaign_site.demo.reading_pages import add_news, add_rights_sheets
from campaign_site.demo.report import REPORT
from campaign_site.demo.report_pages import report_page
from campaign_site.demo.rights_sheets import AT_THE_DOOR
from campaign_site.demo.shapes import CampaignText, EventText, LetterText, PetitionText, StandardText
from campaign_site.demo.streams import paragraphs, stream
from campaign_site.demo.translating import LANGUAGES, translate_pages, words_in
from home.models import CampaignPage, FeaturedAction, HomePage, SiteLook, SiteWords, StandardPage
from home.models.pages import CampaignFootnote, HomeFootnote, StandardFootnote
from home.services.front_door import begin_site_at
from petitions.models import Endorsement, Milestone, PetitionPage, PetitionUpdate
from petitions.models.pages import PetitionFootnote
from supporters.models import ConsentText
from supporters.models.consent import Purpose


def build_pages() -> dict[str, Page]:
    """The home page and everything below it, published; campaigns and what belongs to them by their slugs.

    Wagtail's own welcome page gives way to ours, and the default site begins at our home page.
    """
    home = _home_page()
    consent_text = _consent_texts(Purpose.UPDATES, front.CONSENT_WORDING)
    taking_part = _consent_texts(Purpose.TAKING_PART, front.TAKING_PART_WORDING)
    pages: dict[str, Page] = {}
    for campaign in CAMPAIGNS:
        pages[campaign.slug] = home.add_child(instance=_campaign_page(campaign))
        for page in _pages_below(campaign, consent_text, taking_part):
            pages[page.slug] = pages[campaign.slug].add_child(instance=page)
    # After the actions it leads to, and before the texts that may lead to it.
    pages[REPORT.slug] = pages[REPORT.campaign_slug].add_child(instance=report_page(REPORT, pages))
    pages[REPORT.slug].save_revision().publish()
    rights = add_rights_sheets(home)
    add_news(home, {**pages, rights.slug: rights})
    for plain in plain_pages.PAGES:
        home.add_child(instance=_standard_page(plain))
    # Pages refer to each other, so that what they say comes once all of them are there.
    _fill_home_page(home, pages)
    for campaign in CAMPAIGNS:
        _fill(pages[campaign.slug], "body", campaign.body, pages)
        actions: tuple[PetitionText | LetterText | EventText, ...] = (
            *campaign.petitions,
            *campaign.letters,
            *campaign.events,
        )
        for text in actions:
            pages[text.slug].next_action = pages[text.next_slug]
            _fill(pages[text.slug], "story", text.story, pages)
        for event in campaign.events:
            _fill(pages[event.slug], "report", event.report, pages)
        if campaign.parliament:
            _fill(pages[campaign.parliament.slug], "body", campaign.parliament.body, pages)
    sheet = rights.get_children().get(slug=AT_THE_DOOR.slug)
    translate_pages([home, rights, sheet, *(pages[slug] for slug in front.TRANSLATED)])
    return pages


def _pages_below(campaign: CampaignText, consent_text: ConsentText, taking_part: ConsentText) -> Iterator[Page]:
    """The pages of a campaign, in the order they are shown, without what they tell."""
    for petition in campaign.petitions:
        page = _petition_page(petition, consent_text)
        if petition.asks_to_take_part:
            page.further_consents = [taking_part]
        yield page
    for letter in campaign.letters:
        yield letter_page(letter, consent_text)
    for event in campaign.events:
        yield event_page(event, consent_text)
    if campaign.parliament:
        yield parliament_page(campaign.parliament)


def _home_page() -> HomePage:
    root = Page.objects.get(depth=1)
    home: HomePage = root.add_child(
        instance=HomePage(
            title=front.NAME,
            seo_title=front.STATEMENT,
            slug="safe-to-report",
            statement=front.STATEMENT,
            intro=paragraphs([front.INTRO]),
            search_description=front.INTRO,
        )
    )
    begin_site_at(home)
    site = home.get_site()
    look, _is_new = SiteLook.objects.update_or_create(
        site=site,
        defaults={
            "organisation_name": front.NAME,
            "tagline": front.TAGLINE,
            "contact_email": front.CONTACT,
            "footer_text": paragraphs([front.INVENTED]),
        },
    )
    for language in LANGUAGES:
        words = words_in(language)
        SiteWords.objects.update_or_create(
            look=look,
            locale=Locale.objects.get(language_code=language),
            defaults={"tagline": words[front.TAGLINE], "footer_text": paragraphs([words[front.INVENTED]])},
        )
    return home


def _consent_texts(purpose: Purpose, wording: str) -> ConsentText:
    """What is asked, in every language; the English one is returned."""
    for language in LANGUAGES:
        _consent_text(purpose, words_in(language)[wording], language)
    return _consent_text(purpose, wording, settings.LANGUAGE_CODE)


def _consent_text(purpose: Purpose, wording: str, language: str) -> ConsentText:
    return ConsentText.objects.create(
        purpose=purpose,
        wording=wording,
        language=language,
        controller=front.CONTROLLER,
        published_at=timezone.now(),
    )


def _campaign_page(text: CampaignText) -> CampaignPage:
    return CampaignPage(
        title=text.title,
        slug=text.slug,
        demand=text.demand,
        summary=text.summary,
        search_description=text.summary,
        illustration=text.illustration,
        footnotes=_footnotes(CampaignFootnote, text.sources),
    )


def _petition_page(text: PetitionText, consent_text: ConsentText) -> PetitionPage:
    now = timezone.localtime()
    return PetitionPage(
        title=text.title,
        slug=text.slug,
        addressed_to=text.addressed_to,
        ask=text.ask,
        summary=text.summary,
        search_description=text.summary,
        illustration=text.illustration,
        state=text.state,
        privacy_mode=text.privacy_mode,
        controller=front.CONTROLLER,
        consent_text=consent_text,
        opens_at=_days_before(now, text.days_open),
        closes_at=_end_of_day(now + text.closes_in) if text.closes_in else None,
        thank_you_title=text.thank_you_title,
        thank_you_body=paragraphs(text.thank_you),
        share_text=text.share_text,
        footnotes=_footnotes(PetitionFootnote, text.sources),
        milestones=[
            Milestone(signatures=number, label=label, sort_order=place)
            for place, (number, label) in enumerate(text.milestones)
        ],
        updates=[
            PetitionUpdate(
                published_on=_days_before(now, entry.days_ago).date(),
                title=entry.title,
                body=paragraphs(entry.paragraphs),
                sort_order=place,
            )
            for place, entry in enumerate(text.updates)
        ],
        endorsements=[
            Endorsement(name=name, logo=logo_of(name), sort_order=place) for place, name in enumerate(text.endorsements)
        ],
    )


def _standard_page(text: StandardText) -> StandardPage:
    return StandardPage(
        title=text.title,
        slug=text.slug,
        lead=text.intro,
        search_description=text.intro,
        show_in_menus=text.is_in_menu,
        body=stream(text.body, {}),
        footnotes=_footnotes(StandardFootnote, text.sources),
    )


def _fill_home_page(home: HomePage, pages: Mapping[str, Page]) -> None:
    home.featured_actions = [
        FeaturedAction(page=pages[slug], sort_order=place) for place, slug in enumerate(front.FEATURED)
    ]
    home.footnotes = _footnotes(HomeFootnote, front.SOURCES)
    _fill(home, "body", front.SECTIONS, pages)


def _fill(page: Page, field: str, pieces: Iterable, pages: Mapping[str, Page]) -> None:
    setattr(page, field, stream(pieces, pages))
    page.full_clean()
    page.save_revision().publish()


def _footnotes(model: type, sources: Iterable[Source]) -> list:
    return [model(text=source.text, url=source.url, sort_order=place) for place, source in enumerate(sources)]


def _days_before(now: datetime, days: int) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)


def _end_of_day(at: datetime) -> datetime:
    return at.replace(hour=23, minute=59, second=0, microsecond=0)
