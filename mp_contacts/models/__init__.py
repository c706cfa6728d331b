from mp_contacts.models.directory import LetterSettings, PostcodeDirectory, PostcodeQuestion
from mp_contacts.models.letters import (
    SETTLED_STAGES,
    Answer,
    HoldReason,
    Letter,
    LetterStage,
    Reply,
    SelfSentLetter,
)
from mp_contacts.models.pages import (
    LetterFootnote,
    LetterLanguage,
    LetterPage,
    LetterPageState,
    LetterPrompt,
    LetterSubject,
    LetterTotals,
    TalkingPoint,
)
from mp_contacts.models.parliament_page import ParliamentPage
from mp_contacts.models.positions import Position, Stance
from mp_contacts.models.seats import Constituency, Country, Member, MemberSync, Region
from mp_contacts.models.variants import LetterVariant

__all__ = [
    "SETTLED_STAGES",
    "Answer",
    "Constituency",
    "Country",
    "HoldReason",
    "Letter",
    "LetterFootnote",
    "LetterLanguage",
    "LetterPage",
    "LetterPageState",
    "LetterPrompt",
    "LetterSettings",
    "LetterStage",
    "LetterSubject",
    "LetterTotals",
    "LetterVariant",
    "Member",
    "MemberSync",
    "ParliamentPage",
    "Position",
    "PostcodeDirectory",
    "PostcodeQuestion",
    "Region",
    "Reply",
    "SelfSentLetter",
    "Stance",
    "TalkingPoint",
]
