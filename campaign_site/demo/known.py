"""Three invented people with a story, for the organisers' view of supporters: one of everything, and a likely duplicate.

Rosa has signed whatever can be signed, agreed to updates, thought better of it, and agreed again. Róisín
is here twice, under her private and her other address.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from campaign_site.demo.bulk import write_signatures
from campaign_site.demo.crowd import Signer
from petitions.models import PetitionPage
from supporters.identity import email_key
from supporters.models import ConsentRecord, ConsentText, PrivacyMode, Supporter
from supporters.services import record_consent
from supporters.services.people import write_details

ROSA: Final = "rosa.delgado@example.org"
ROISIN: Final = ("roisin.byrne@example.org", "r.byrne.writes@example.org")
HER_OWN_PAGE: Final = "their own privacy page"


def write_known_people(petitions: Mapping[str, PetitionPage], *, now: datetime) -> int:
    """Store what these people did on the petitions that keep people; how many signatures."""
    contactable = [page for page in petitions.values() if page.privacy_mode == PrivacyMode.CONTACTABLE]
    open_ones = [page for page in contactable if page.state == "collecting" and page.consent_text is not None]
    written = 0
    for place, petition in enumerate(open_ones):
        signers = [_rosa(now - timedelta(days=9 - place), wants_updates=place == 0)]
        if place < len(ROISIN):
            signers.append(_roisin(ROISIN[place], now - timedelta(days=6 - place)))
        written += write_signatures(petition, signers)
    if open_ones and open_ones[0].consent_text:
        _change_rosas_mind(open_ones[0].consent_text, now=now)
    return written


def _change_rosas_mind(text: ConsentText, *, now: datetime) -> None:
    rosa = Supporter.objects.get(email_key=email_key(ROSA))
    # A number that Ofcom keeps for drama: nobody has it.
    write_details(rosa, phone="07700 900123", constituency_code="E14001530")
    rosa.last_act_at = now - timedelta(days=2)
    rosa.save()
    for choice, days_ago in ((ConsentRecord.Choice.WITHDRAWN, 4), (ConsentRecord.Choice.GIVEN, 2)):
        record_consent(
            supporter=rosa,
            text=text,
            choice=choice,
            method=HER_OWN_PAGE,
            page_id=None,
            asked_at=now - timedelta(days=days_ago),
        )


def _rosa(at: datetime, *, wants_updates: bool) -> Signer:
    return _signer("Rosa Delgado", ROSA, "M14 5TQ", at, source="newsletter", wants_updates=wants_updates)


def _roisin(address: str, at: datetime) -> Signer:
    return _signer("Róisín Byrne", address, "BT7 1NN", at, source="share", wants_updates=True)


def _signer(name: str, address: str, postcode: str, at: datetime, *, source: str, wants_updates: bool) -> Signer:
    return Signer(
        name=name,
        email=address,
        postcode=postcode,
        country="GB",
        language="en",
        source=source,
        shown_as="not_shown",
        wants_updates=wants_updates,
        created_at=at,
        confirmed_at=at + timedelta(minutes=3),
    )
