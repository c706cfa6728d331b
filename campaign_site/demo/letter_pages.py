"""The pages about letters, made the way an editor makes them."""

from campaign_site.demo import front
from campaign_site.demo.shapes import LetterText, ParliamentText
from campaign_site.demo.streams import paragraphs
from mp_contacts.models import (
    LetterFootnote,
    LetterPage,
    LetterPrompt,
    LetterSubject,
    LetterVariant,
    ParliamentPage,
    TalkingPoint,
)
from supporters.models import ConsentText


def letter_page(text: LetterText, consent_text: ConsentText) -> LetterPage:
    """A page to write from, without its story: that may lead to pages which are not there yet."""
    return LetterPage(
        title=text.title,
        slug=text.slug,
        ask=text.ask,
        summary=text.summary,
        search_description=text.summary,
        controller=front.CONTROLLER,
        consent_text=consent_text,
        offers_sending=text.offers_sending,
        thank_you_title=text.thank_you_title,
        thank_you_body=paragraphs(text.thank_you),
        share_text=text.share_text,
        footnotes=[
            LetterFootnote(text=source.text, url=source.url, sort_order=place)
            for place, source in enumerate(text.sources)
        ],
        talking_points=[
            TalkingPoint(title=title, body=paragraphs([body]), sort_order=place)
            for place, (title, body) in enumerate(text.points)
        ],
        prompts=[
            LetterPrompt(question=question, hint=hint, sort_order=place)
            for place, (question, hint) in enumerate(text.prompts)
        ],
        subjects=[LetterSubject(text=subject, sort_order=place) for place, subject in enumerate(text.subjects)],
        variants=[
            LetterVariant(
                name=draft.name,
                kind=LetterVariant.Kind.DO_NOT_WRITE if draft.says_no else LetterVariant.Kind.DRAFT,
                parties=draft.parties,
                country=draft.country,
                stance=draft.stance,
                text=draft.text,
                sort_order=place,
            )
            for place, draft in enumerate(text.drafts)
        ],
    )


def parliament_page(text: ParliamentText) -> ParliamentPage:
    return ParliamentPage(title=text.title, slug=text.slug, lead=text.lead, search_description=text.lead)
