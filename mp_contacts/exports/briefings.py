"""The briefing sheet about a member, set in type. Whatever anybody typed goes in as data, never as markup."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from django.template.defaultfilters import date as format_date
from django.utils import timezone

from home.typesetting import NO_SUCH_LETTER, pdf_from
from mp_contacts.briefing import Briefing, CampaignBrief
from mp_contacts.models import Position

TEMPLATE: Final = Path(__file__).parent / "briefing.typ"
NOTE: Final = f"{NO_SUCH_LETTER} stands for a letter that this document has no type for."


def briefing_pdf(briefing: Briefing) -> bytes:
    """The sheet as PDF/UA-1."""
    member = briefing.member
    since = f"Since {_day(member.started_on)}." if member.started_on and member.constituency else ""
    return pdf_from(
        TEMPLATE,
        {
            "title": f"Briefing: {member.name}",
            "name": member.name,
            "facts": [fact for fact in (briefing.seat, member.party, since) if fact],
            "address_name": member.address_name,
            "day": _day(timezone.localdate()),
            "campaigns": [_campaign(brief) for brief in briefing.campaigns],
            "note": "",
        },
        note=NOTE,
    )


def _campaign(brief: CampaignBrief) -> dict[str, Any]:
    return {
        "title": brief.title,
        "asks": brief.asks,
        "positions": [_position(position) for position in brief.positions],
        "letters": brief.letters,
        "replies": [{"answer": answer, "number": number} for answer, number in brief.replies],
    }


def _position(position: Position) -> dict[str, str]:
    source = f"{position.source}, {_day(position.said_on)}"
    return {
        "stance": str(position.get_stance_display()),
        "quote": position.quote,
        "source": source if position.is_public else f"{source}. Not public: keep it among organisers",
        "url": position.source_url,
    }


def _day(day: date | None) -> str:
    return str(format_date(day, "j F Y"))
