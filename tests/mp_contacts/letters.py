"""Writing letters as the form does."""

from typing import cast

from mp_contacts.models import Letter, LetterPage, Member
from mp_contacts.selectors import LetterTerms, letter_terms
from mp_contacts.services import LetterDraft, confirm_letter, write_letter
from tests.factories.mp_contacts import DRAFT, LetterPageFactory, MemberFactory

OWN_WORDS = (
    "I run a small bakery on the high street, and two of the women I employ have waited more than a year for a "
    "court date. They open the shop at five in the morning and tell nobody why they are tired."
)


def terms_of(page: LetterPage) -> LetterTerms:
    terms = letter_terms(page.pk)
    assert terms is not None
    return terms


def letter_draft(page: LetterPage | None = None, member: Member | None = None, **typed: object) -> LetterDraft:
    page = page or cast("LetterPage", LetterPageFactory())
    member = member or cast("Member", MemberFactory())
    values: dict[str, object] = {
        "terms": terms_of(page),
        "member": member,
        "email": "ada@example.org",
        "network": "192.0.2.0",
        "name": "Ada Example",
        "postcode": "ZA1 1AA",
        "address": "1 Lantern Street\nHarrowmere",
        "subject": "Safety for people who report violence",
        "body": f"Dear {member.name},\n\n{DRAFT}\n\n{OWN_WORDS}\n\nYours sincerely,\nAda Example",
        "own_percent": 60,
        **typed,
    }
    return LetterDraft(**values)  # type: ignore[arg-type]


def written(draft: LetterDraft) -> Letter:
    """The letter that ``draft`` becomes, not confirmed."""
    write_letter(draft)
    return Letter.objects.get(pk=draft.id)


def confirmed(draft: LetterDraft) -> Letter:
    letter = written(draft)
    confirm_letter(letter.pk)
    letter.refresh_from_db()
    return letter
