"""The demo campaign's words keep their own promises, before any page is made of them."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from localflavor.gb.forms import GBPostcodeField

from campaign_site.demo import comments, crowd, front, plain_pages, rights_sheets
from campaign_site.demo.campaigns import CAMPAIGNS
from campaign_site.demo.news import NEWS
from campaign_site.demo.pieces import Ask, Figure, Source
from campaign_site.demo.shapes import (
    CampaignText,
    EventText,
    LetterText,
    NewsText,
    PetitionText,
    SheetText,
    StandardText,
)
from petitions.forms import COMMENT_LENGTH

PETITIONS = [petition for campaign in CAMPAIGNS for petition in campaign.petitions]
LETTERS = [letter for campaign in CAMPAIGNS for letter in campaign.letters]
EVENTS = [event for campaign in CAMPAIGNS for event in campaign.events]
NOW = datetime(2026, 3, 14, 15, 9, tzinfo=UTC)
PLAIN_TEXT_LIMIT = 32  # words a sentence: past that, few fourteen-year-olds reach the full stop


def texts_of(value: Any) -> Iterator[str]:
    """Every string inside a piece of content, sources apart."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)
    elif dataclasses.is_dataclass(value) and not isinstance(value, Source | PetitionText | LetterText | EventText):
        if isinstance(value, Figure):
            yield f"{value.meaning} [{value.reference}]"
        for part in dataclasses.fields(value):
            yield from texts_of(getattr(value, part.name))


def pages_with_sources() -> Iterator[tuple[str, Any, tuple[Source, ...]]]:
    yield "home", front.SECTIONS, front.SOURCES
    for page in (*CAMPAIGNS, *plain_pages.PAGES, *rights_sheets.SHEETS, *NEWS):
        yield page.slug, page.body, page.sources
    actions: list[PetitionText | LetterText] = [*PETITIONS, *LETTERS]
    for action in actions:
        yield action.slug, action.story, action.sources
    for event in EVENTS:
        # A page takes the footnotes of what came of it once there is something to tell.
        yield event.slug, event.report or event.story, event.sources


@pytest.mark.parametrize(
    ("body", "sources"), [pytest.param(body, sources, id=slug) for slug, body, sources in pages_with_sources()]
)
def test_every_reference_has_its_source_and_every_source_is_referred_to(body, sources):
    referred = {int(number) for text in texts_of(body) for number in re.findall(r"\[(\d+)\]", text)}
    assert referred == set(range(1, len(sources) + 1))


def test_references_are_numbered_in_the_order_they_are_read():
    for slug, body, _sources in pages_with_sources():
        order = [int(number) for text in texts_of(body) for number in re.findall(r"\[(\d+)\]", text)]
        assert list(dict.fromkeys(order)) == sorted(set(order)), slug


def test_every_page_that_is_named_is_there():
    slugs = {page.slug for page in (*PETITIONS, *LETTERS)}
    named = {*front.FEATURED, *(page.next_slug for page in (*PETITIONS, *LETTERS, *EVENTS))}
    named |= {piece.slug for page in (*CAMPAIGNS, *NEWS) for piece in page.body if isinstance(piece, Ask)}
    assert named <= slugs | {rights_sheets.INDEX_SLUG}


def test_no_page_sends_people_back_to_itself():
    assert all(page.next_slug != page.slug for page in (*PETITIONS, *LETTERS))


def test_sentences_are_short_enough_to_follow():
    everything: list[CampaignText | PetitionText | StandardText | SheetText | NewsText] = [
        *CAMPAIGNS,
        *plain_pages.PAGES,
        *rights_sheets.SHEETS,
        *NEWS,
    ]
    bodies = [page.body for page in everything if not isinstance(page, PetitionText)]
    bodies += [(page.story, page.ask, page.thank_you) for page in (*PETITIONS, *LETTERS)]
    bodies += [(event.story, event.report, event.agenda, event.transcript, event.thank_you) for event in EVENTS]
    too_long = [
        sentence
        for text in texts_of((tuple(bodies), front.SECTIONS, front.INTRO))
        for sentence in re.split(r"(?<=[.?!:])\s", text)
        if len(sentence.split()) > PLAIN_TEXT_LIMIT
    ]
    assert too_long == []


def test_people_are_called_sex_workers_outside_the_names_of_laws_and_policies():
    for slug, body, _sources in pages_with_sources():
        for text in texts_of(body):
            for word in re.findall(r"\bprostitut\w*", text, re.IGNORECASE):
                assert word.casefold() == "prostitution" or "English Collective of Prostitutes" in text, (slug, text)


def test_comments_are_shared_out_to_the_last_one():
    assert sum(petition.comments for petition in PETITIONS) == len(comments.APPROVED)
    assert sum(petition.waiting_comments for petition in PETITIONS) == len(comments.WAITING)


def test_comments_would_pass_the_form_they_pretend_to_come_from():
    assert all(0 < len(comment.text) <= COMMENT_LENGTH for comment in (*comments.APPROVED, *comments.WAITING))


@pytest.mark.parametrize("petition", PETITIONS, ids=lambda petition: petition.slug)
def test_the_same_crowd_comes_each_time(petition):
    first, again = (crowd.signers_of(petition, now=NOW) for _ in range(2))
    assert first == again
    assert len(first) == petition.signatures
    assert len({signer.email for signer in first}) == petition.signatures


@pytest.mark.parametrize("petition", PETITIONS, ids=lambda petition: petition.slug)
def test_nobody_signs_before_it_opens_or_in_the_future(petition):
    opened = NOW - timedelta(days=petition.days_open + 1)
    for signer in crowd.signers_of(petition, now=NOW):
        assert opened < signer.created_at < NOW
        assert signer.confirmed_at is None or signer.created_at <= signer.confirmed_at < NOW


def test_a_day_that_has_hardly_begun_has_no_signatures_in_the_future():
    midnight = NOW.replace(hour=0, minute=1)
    for petition in PETITIONS:
        assert all(signer.created_at < midnight for signer in crowd.signers_of(petition, now=midnight))


def test_invented_people_have_addresses_nobody_can_own_and_postcodes_of_the_right_form():
    postcode = GBPostcodeField()
    for petition in PETITIONS:
        for signer in crowd.signers_of(petition, now=NOW):
            assert re.fullmatch(r"[a-z.\-]+\.\d+@example\.org", signer.email)
            assert signer.country != "GB" or postcode.clean(signer.postcode) == signer.postcode


def test_a_petition_that_is_over_has_nobody_left_to_confirm():
    over = [petition for petition in PETITIONS if petition.collected_until]
    assert over
    for petition in over:
        assert all(signer.confirmed_at for signer in crowd.signers_of(petition, now=NOW))
