"""What the pattern page fills the components with. Nothing of it is stored, and nobody in it exists."""

from datetime import timedelta
from typing import Any

from django.forms import Form
from django.utils import timezone

from events.forms import RegistrationForm
from home.cards import ActionCard
from home.finding.excerpts import Piece, highlighted
from home.models.leaving import WayOut
from home.posters.sheets import SHEETS, Sheet
from home.side_by_side import Version
from mp_contacts.forms import FindForm
from petitions.forms import SignatureForm
from petitions.models import PetitionPage, PetitionState
from supporters.models import PrivacyMode
from supporters.typed import AddressForm

CONSENT = "Yes, write to me about this campaign. Each mail has a link that stops them."


def way_out() -> WayOut:
    """Leads to the top of the pattern page."""
    return WayOut("#main", "Patterns")


def cards() -> list[ActionCard]:
    """One open, one of another kind, one that is over."""
    return [
        ActionCard(
            kind="petition",
            title="Let people work together",
            ask="Change the law that makes two people in a flat a brothel.",
            url="#cards",
            figure=12431,
            label="signatures",
            percent=62,
        ),
        ActionCard(
            kind="letter", title="Write to your MP", ask="Ask where they stand.", url="#cards", figure=1, label="letter"
        ),
        ActionCard(
            kind="event",
            title="An evening about the law",
            ask="Two lawyers answer questions.",
            url="#cards",
            figure=80,
            label="seats taken",
            state="It has taken place",
        ),
    ]


def found() -> list[Piece]:
    """A sentence in which two words were searched for."""
    return highlighted("People stay silent because the call for help can end in their own arrest.", {"help", "arrest"})


def footnotes() -> list[dict[str, Any]]:
    """One with a link and a way back, one with neither."""
    return [
        {"number": 1, "text": "A report, 2021.", "url": "https://www.gov.uk/", "is_referred": True},
        {"number": 2, "text": "A newspaper, 3 May 2019.", "url": "", "is_referred": False},
    ]


def versions() -> list[Version]:
    """The same page in two more languages."""
    return [Version("pl", "Polski", "#versions"), Version("ro", "Română", "#versions")]


def petition(**fields: Any) -> PetitionPage:
    """A petition that lives in memory alone."""
    values = {
        "title": "Let people work together",
        "addressed_to": "the Home Secretary",
        "ask": "Change the law.",
        "controller": "Safe to Report Network (an invented organisation)",
        "url_path": "/home/sample/",
        "live": True,
    }
    return PetitionPage(**{**values, **fields})


def notices() -> dict[str, PetitionPage]:
    """The same petition in every state in which nobody can sign, by the name of the state."""
    now = timezone.now()
    return {
        "Not open yet": petition(opens_at=now + timedelta(days=3)),
        "Closed by the clock": petition(closes_at=now - timedelta(days=1)),
        **{
            str(state.label): petition(state=state, stopped_collecting_at=now)
            for state in PetitionState
            if state != PetitionState.COLLECTING
        },
    }


def shared() -> dict[str, PetitionPage]:
    """A petition whose editor wrote what is shared of it, and one that is shared with its own words."""
    words = "Two people in a flat are safer than one. I asked the Home Secretary to say so."
    return {"With words to share": petition(share_text=words), "With the words of the page": petition()}


def sheets() -> list[Sheet]:
    """Every sheet there is; they lead to the top of the pattern page."""
    return [Sheet(label, "#main") for label in SHEETS.values()]


def forms() -> dict[str, Form]:
    """Each public form by its name: as a visitor finds it, and as it comes back when nothing was typed."""
    found: dict[str, Form] = {}
    for state, sent in (("empty", None), ("with mistakes", {})):
        found[f"An address, {state}"] = AddressForm(sent)
        found[f"A postcode, {state}"] = FindForm(sent)
        found[f"A registration, {state}"] = RegistrationForm(
            sent, most_seats=5, asks_access_needs=True, asks_questions=True, consent_wording=CONSENT
        )
    return found


def signing() -> list[tuple[str, PetitionPage, Form]]:
    """The whole form to sign with: under both promises, and with mistakes."""
    return [
        ("Signing, empty", petition(), SignatureForm(consent_wording=CONSENT)),
        ("Signing, with mistakes", petition(), SignatureForm({}, consent_wording=CONSENT)),
        ("Signing where only the number is kept", petition(privacy_mode=PrivacyMode.COUNT), AddressForm()),
    ]
