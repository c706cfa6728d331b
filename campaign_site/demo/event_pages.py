"""The pages of webinars, made the way an editor makes them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from campaign_site.demo import front
from campaign_site.demo.shapes import EventText
from campaign_site.demo.streams import paragraphs
from events.models import AgendaItem, Captions, EventFootnote, EventPage, RecordingNotice, Speaker
from supporters.models import ConsentText

LONDON = ZoneInfo("Europe/London")


def event_page(text: EventText, consent_text: ConsentText) -> EventPage:
    """A webinar, without its story and its report: they may lead to pages which are not there yet."""
    starts_at = _starts_at(text)
    return EventPage(
        title=text.title,
        slug=text.slug,
        summary=text.summary,
        search_description=text.summary,
        illustration=text.illustration,
        starts_at=starts_at,
        ends_at=starts_at + text.lasts,
        time_zone=LONDON.key,
        discreet_title=text.discreet_title,
        interpretation=text.interpretation,
        sign_language="British Sign Language",
        captions=Captions.HUMAN,
        access_note=paragraphs(text.access_note),
        recording_notice=RecordingNotice.SPEAKERS,
        capacity=text.capacity,
        most_seats=text.most_seats,
        controller=front.CONTROLLER,
        consent_text=consent_text,
        thank_you_title=text.thank_you_title,
        thank_you_body=paragraphs(text.thank_you),
        share_text=text.share_text,
        recording_url=text.recording_url,
        transcript=paragraphs(text.transcript),
        agenda_items=[
            AgendaItem(begins=begins, title=title, text=about, sort_order=place)
            for place, (begins, title, about) in enumerate(text.agenda)
        ],
        speakers=[
            Speaker(
                name=speaker.name,
                pronouns=speaker.pronouns,
                role=speaker.role,
                organisation=speaker.organisation,
                is_pseudonym=speaker.is_pseudonym,
                sort_order=place,
            )
            for place, speaker in enumerate(text.speakers)
        ],
        footnotes=[
            EventFootnote(text=source.text, url=source.url, sort_order=place)
            for place, source in enumerate(text.sources)
        ],
    )


def _starts_at(text: EventText) -> datetime:
    day = (timezone.now().astimezone(LONDON) + timedelta(days=text.starts_in)).date()
    return datetime.combine(day, text.begins, tzinfo=LONDON)
