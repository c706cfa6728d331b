"""What invented people wrote to invented members, as rows just like those the form and the worker leave behind."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from campaign_site.demo.crowd import CROWD, Signer, invented_signer
from campaign_site.demo.parliament import InventedSeat, invented_seats
from mp_contacts.fingerprints import fingerprint_of
from mp_contacts.models import Answer, HoldReason, Letter, LetterPage, LetterStage, Member, Reply, SelfSentLetter
from mp_contacts.retention import TEXT_AFTER_SETTLING
from supporters.identity import person_key
from supporters.models import ActionState
from supporters.services.people import remember_supporter

LETTERS: Final = 64
SELF_SENT: Final = 212
DAYS: Final = 45
SETTLES_AFTER: Final = timedelta(days=3)
SUBJECT: Final = "Safety in our constituency"
BODY: Final = (
    "Dear {member},\n\nI have lived in {seat} for nine years. A neighbour of mine was hurt last winter and told nobody "
    "whose job it is to help, because she was sure that she would be the one in trouble.\n\nPlease ask the Home "
    "Secretary to promise that nobody in sex work is arrested for reporting violence.\n\nYours sincerely,\n{writer}"
)
LINKED: Final = "\n\nPlease look at https://lantern-street.example/evidence before you decide."
SHOWN: Final = "Thank you for your letter. I have put your question to the Home Secretary, and will write again."


def write_letters(page: LetterPage, members: Sequence[Member], *, now: datetime) -> int:
    """Store letters that were sent, one that came back, two that are held, and some answers; how many letters."""
    chance = random.Random(page.slug)
    seats = {seat.code: seat for seat in invented_seats()}
    reachable = [member for member in members if not member.is_opted_out]
    for number in range(LETTERS):
        # Some offices hear from many, most from a few.
        member = reachable[int(len(reachable) * chance.random() ** 2)]
        # The first few a while ago, so that one of them has come back.
        at = now - timedelta(days=chance.uniform(0.2, DAYS) if number > 2 else 4)
        seat = seats[str(member.constituency_id)]
        writer = replace(invented_signer(CROWD + number, created_at=at), postcode=chance.choice(seat.postcodes))
        stage = {0: LetterStage.HELD, 1: LetterStage.HELD, 2: LetterStage.RETURNED}.get(number, LetterStage.DELIVERED)
        letter = _letter(page, member, seat, writer, stage, now=now)
        if letter.settled_at and stage == LetterStage.DELIVERED and chance.random() < 0.5:
            _reply(letter, chance, now=now)
    return LETTERS


def count_own_mail(page: LetterPage, members: Sequence[Member], *, now: datetime) -> int:
    """Store what people told us that they sent from their own mail; how many."""
    chance = random.Random(page.slug)
    SelfSentLetter.objects.bulk_create(
        SelfSentLetter(
            page=page,
            constituency_code=chance.choice(members).constituency_id or "",
            reported_on=(now - timedelta(days=chance.randrange(DAYS))).date(),
        )
        for _number in range(SELF_SENT)
    )
    return SELF_SENT


def _letter(
    page: LetterPage, member: Member, seat: InventedSeat, writer: Signer, stage: LetterStage, *, now: datetime
) -> Letter:
    body = BODY.format(member=member.name, seat=seat.name, writer=writer.name)
    is_held = stage == LetterStage.HELD
    if is_held:
        body += LINKED
    confirmed_at = writer.created_at if not is_held else now - timedelta(hours=5)
    settled_at = None if is_held else confirmed_at + SETTLES_AFTER
    if settled_at and settled_at > now:
        stage, settled_at = LetterStage.SENT, None
    keeps_text = settled_at is None or settled_at > now - TEXT_AFTER_SETTLING
    return Letter.objects.create(
        page=page,
        member=member,
        person_key=person_key(page_id=page.pk, address=writer.email),
        supporter=remember_supporter(
            address=writer.email,
            name=writer.name,
            postcode=writer.postcode,
            country="GB",
            language=writer.language,
            source=f"letter page {page.pk}",
            constituency_code=seat.code,
        ),
        name=writer.name,
        email=writer.email,
        postcode=writer.postcode,
        address=f"7 Ropewalk\n{seat.name}" if keeps_text else None,
        subject=SUBJECT if keeps_text else None,
        body=body if keeps_text else None,
        fingerprint=fingerprint_of(body, page_id=page.pk) if keeps_text else None,
        own_percent=62,
        constituency_code=seat.code,
        language=writer.language,
        consent_text=page.consent_text,
        state=ActionState.CONFIRMED,
        created_at=confirmed_at - timedelta(minutes=4),
        confirmed_at=confirmed_at,
        stage=stage,
        hold_reasons=[HoldReason.LINKS] if is_held else [],
        sent_at=None if is_held or stage == LetterStage.RETURNED else confirmed_at + timedelta(hours=2),
        settled_at=settled_at,
        bounce="no_mailbox" if stage == LetterStage.RETURNED else "",
    )


def _reply(letter: Letter, chance: random.Random, *, now: datetime) -> None:
    answer = chance.choices(list(Answer), weights=(5, 4, 6, 1))[0]
    shows_it = answer == Answer.YES and chance.random() < 0.5
    Reply.objects.create(
        letter=letter,
        page=letter.page,
        member=letter.member,
        answer=answer,
        text=SHOWN if shows_it else None,
        state=Reply.State.WAITING if shows_it else Reply.State.NO_TEXT,
        answered_at=min(now, (letter.settled_at or now) + timedelta(days=chance.randrange(1, 15))),
    )
