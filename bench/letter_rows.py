"""Letters in the database, made and moved without a worker; each command in a process of its own, that prints JSON."""

import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

# More of them live where a campaign is known: the first members get seven times as many letters as the last.
EVEN: Final = 100
LETTER: Final = "Please raise with the Home Secretary how long people who report violence wait for their day in court. "
OFFICES: Final = "parliament.example"
WRITERS: Final = "writers.example"
MORNING: Final = datetime(2026, 3, 2, 6, 0, tzinfo=ZoneInfo("Europe/London"))  # a Monday
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
LONGEST_MIN: Final = 7 * 24 * 60
# As if the round that just ended had been at %(at)s.
SET_BACK: Final = """
UPDATE supporters_message SET next_attempt_at = %(at)s + (next_attempt_at - created_at), created_at = %(at)s
WHERE kind = %(kind)s AND created_at > %(real)s
"""
LEFT: Final = """
SELECT letter.member_id, message.next_attempt_at
FROM supporters_message AS message JOIN mp_contacts_letter AS letter ON letter.id = message.subject_id
WHERE letter.id = ANY(%s) AND message.kind = %s ORDER BY 1, 2
"""


def write(letters: int, members: int) -> list[str]:
    """``letters`` that their writers confirmed, to ``members`` that are new; the address of each writer."""
    from django.utils import timezone

    from mp_contacts.models import Constituency, Letter, LetterPage, LetterStage, Member
    from supporters.identity import person_key
    from supporters.models import ActionState

    page, first, now = LetterPage.objects.live()[0], Letter.objects.count(), timezone.now()
    codes = [f"X9{Constituency.objects.count() + number:07}" for number in range(members)]
    Constituency.objects.bulk_create(
        Constituency(code=code, name=f"Seat {code}", country="england", region="london") for code in codes
    )
    offices = Member.objects.bulk_create(
        Member(name=f"Jo {code}", sort_name=code, party="Garden", email=f"{code}@{OFFICES}", constituency_id=code)
        for code in codes
    )
    chosen = random.Random(9).choices(offices, [1 / (EVEN + place) for place in range(members)], k=letters)
    writers = [f"writer{first + number}@{WRITERS}" for number in range(letters)]
    Letter.objects.bulk_create(
        (
            Letter(
                page=page,
                member=member,
                constituency_code=member.constituency_id or "",
                person_key=person_key(page_id=page.pk, address=writer),
                name="Ada Example",
                email=writer,
                postcode="ZA1 1AA",
                address="1 Lantern Street\nHarrowmere",
                subject="Safety for people who report violence",
                body=f"Dear {member.name},\n\n{LETTER * 12}",
                state=ActionState.CONFIRMED,
                confirmed_at=now,
                stage=LetterStage.QUEUED,
                consent_text=page.consent_text,
            )
            for member, writer in zip(chosen, writers, strict=True)
        ),
        batch_size=500,
    )
    return writers


def release() -> dict[str, float]:
    """Hand over all that is due; how many letters, and in how many seconds."""
    from mp_contacts.delivery.releasing import release_due

    began = time.perf_counter()
    number = release_due()
    return {"letters": number, "seconds": time.perf_counter() - began}


def keep_pace(letters: int, members: int) -> dict[str, float]:
    """Hand letters over as a live site does, a round each minute of a clock of our own; nothing of it stays or leaves.

    Returns what each office got at the most within any hour, how many left outside the hours of offices, and how
    many never did.
    """
    from django.conf import settings
    from django.db import connection, transaction

    from mp_contacts.delivery.pacing import SPREAD, share_at
    from mp_contacts.delivery.reflecting import CONSENT
    from mp_contacts.delivery.releasing import release_due
    from mp_contacts.mail_kinds import OFFICE_MAIL
    from mp_contacts.models import Letter, LetterStage

    settings.IS_PRODUCTION, settings.LETTERS_TO_MEMBERS = True, CONSENT
    chance, minutes = random.Random(9), 0
    with transaction.atomic(), connection.cursor() as cursor:
        Letter.objects.filter(stage=LetterStage.QUEUED).update(due_at=MORNING + timedelta(days=365))
        cursor.execute("SELECT statement_timestamp()")
        [(real,)] = cursor.fetchall()
        write(letters, members)
        ours = Letter.objects.filter(created_at__gte=real)
        while ours.filter(stage=LetterStage.QUEUED).exists() and minutes < LONGEST_MIN:
            at = MORNING + minutes * MINUTE
            release_due(at=at, chance=chance)
            cursor.execute(SET_BACK, {"at": at, "kind": OFFICE_MAIL, "real": real})
            minutes += 1
        cursor.execute(LEFT, [list(ours.values_list("pk", flat=True)), OFFICE_MAIL])
        left: defaultdict[int, list[datetime]] = defaultdict(list)
        for member, moment in cursor.fetchall():
            left[member].append(moment)
        transaction.set_rollback(True)
    moments = [moment for each in left.values() for moment in each]
    return {
        "letters": letters,
        "members": members,
        "cap": settings.LETTERS_PER_MEMBER_PER_HOUR,
        "minutes": minutes,
        "most_for_one_member": max(map(len, left.values())),
        "most_within_an_hour": max(_most_within_an_hour(each) for each in left.values()),
        "at_night": sum(share_at(moment - SPREAD) == 0 == share_at(moment) for moment in moments),
        "shortest_pause_s": min(
            (later - earlier).total_seconds() for each in left.values() for earlier, later in pairwise(each)
        ),
        "never_left": letters - len(moments),
    }


def _most_within_an_hour(moments: list[datetime]) -> int:
    return max(sum(first <= moment < first + HOUR for moment in moments) for first in moments)


def main() -> None:
    """`python -m bench.letter_rows write|release|keep_pace [LETTERS MEMBERS]`."""
    import django

    django.setup()
    commands: dict[str, Callable[..., object]] = {"write": write, "release": release, "keep_pace": keep_pace}
    command, *numbers = sys.argv[1:]
    print(json.dumps(commands[command](*map(int, numbers))))


if __name__ == "__main__":
    main()
