"""What lies before somebody who writes: whom to, what to start from, and what stands in the way."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from mp_contacts.drafts import ChosenDraft, choose_draft
from mp_contacts.mailto import is_too_long, mailto_link
from mp_contacts.models import Constituency, LetterPage, LetterSettings, Member
from mp_contacts.selectors import LetterTerms, Obstacle, member_of, obstacle_to

NOBODY_THERE: Final = frozenset({Obstacle.DISSOLVED, Obstacle.VACANT})


@dataclass(frozen=True)
class Desk:
    """One letter page for one seat. Read once, so that a page cannot contradict itself."""

    page: LetterPage
    terms: LetterTerms
    seat: Constituency

    @property
    def member(self) -> Member | None:
        return member_of(self.seat)

    @cached_property
    def obstacle(self) -> Obstacle | None:
        return obstacle_to(self.member)

    @cached_property
    def draft(self) -> ChosenDraft:
        return choose_draft(self.page, self.member, self.seat)

    @property
    def is_discouraged(self) -> bool:
        """Whether the campaign asks people not to write to this member; ``draft.text`` says why."""
        return self.member is not None and self.draft.kind == "do_not_write"

    @property
    def takes_letters(self) -> bool:
        """Whether there is somebody to write to, be it on paper."""
        return self.obstacle not in NOBODY_THERE and not self.is_discouraged

    @property
    def sends(self) -> bool:
        """Whether we send letters to this seat for people."""
        return self.terms.offers_sending and self.takes_letters and self.obstacle is None

    @property
    def dissolution_note(self) -> str:
        return str(LetterSettings.load().dissolution_note)

    @property
    def starting_text(self) -> str:
        """What the letter begins as: greeting, draft, and the line above a signature."""
        return "\n\n".join(filter(None, [self.draft.greeting, self.draft.text.strip(), self.draft.signature_line]))


@dataclass(frozen=True)
class OwnMail:
    """The link that opens somebody's own mail program with their letter in it."""

    address: str
    link: str
    is_long: bool


def own_mail(desk: Desk, *, subject: str, body: str) -> OwnMail | None:
    """The link to the member of ``desk``; None when no address of theirs is known.

    Without the text where some programs would cut it: half a letter is worse than one to paste.
    """
    address = desk.member.letter_address if desk.member else ""
    if not address:
        return None
    link = mailto_link(to=address, subject=subject, body=body)
    is_long = is_too_long(link)
    return OwnMail(address, mailto_link(to=address, subject=subject, body="") if is_long else link, is_long)
