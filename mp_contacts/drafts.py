"""What a writer starts from: the draft that fits their MP, or the reason not to write."""

from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext as _

from mp_contacts.models import Constituency, LetterLanguage, LetterPage, LetterVariant, Member, Position, Stance
from mp_contacts.selectors import where_member_stands

GREETINGS: Final = {LetterLanguage.ENGLISH: "Dear {name},", LetterLanguage.WELSH: "Annwyl {name},"}
SIGNATURE_LINES: Final = {LetterLanguage.ENGLISH: "Yours sincerely,", LetterLanguage.WELSH: "Yr eiddoch yn gywir,"}


@dataclass(frozen=True)
class ChosenDraft:
    """What fits one member. With ``do_not_write``, ``text`` says why not and what helps instead.

    ``text`` has neither greeting nor signature, which are in the language that letters are written in.
    ``stance`` is the position it was chosen by; None when nothing is known.
    """

    kind: Literal["draft", "do_not_write"]
    text: str
    greeting: str
    signature_line: str
    stance: Position | None
    variant_name: str

    @property
    def opening(self) -> str:
        """What stands in the letter before anybody changes it."""
        return f"{self.greeting}\n\n{self.text}".strip()


def choose_draft(page: LetterPage, member: Member | None, seat: Constituency | None = None) -> ChosenDraft:
    """The first draft of ``page`` that fits ``member``, who holds ``seat`` (the member's own unless given).

    For a vacant seat there is no draft but an explanation; for a page without any that fits, an
    empty one.
    """
    if member is None:
        return _nobody_to_write_to(seat)
    seat = seat or member.constituency
    position = where_member_stands(member, page.original.get_parent().pk)
    stance = position.stance if position else Stance.UNKNOWN
    fitting = (
        variant
        for variant in page.variants.all()
        if variant.fits(
            party=member.party, country=seat.country if seat else "", region=seat.region if seat else "", stance=stance
        )
    )
    variant = next(fitting, None)
    refuses = variant is not None and variant.kind == LetterVariant.Kind.DO_NOT_WRITE
    language = LetterLanguage(page.letter_language)
    return ChosenDraft(
        kind="do_not_write" if refuses else "draft",
        text=variant.text if variant else "",
        greeting=GREETINGS[language].format(name=member.name),
        signature_line=SIGNATURE_LINES[language],
        stance=position,
        variant_name=variant.name if variant else "",
    )


def _nobody_to_write_to(seat: Constituency | None) -> ChosenDraft:
    vacant = _(
        "%(seat)s has no MP at the moment: the seat is vacant until its by-election. You can write as soon as "
        "somebody is elected, and ask the candidates where they stand until then."
    )
    unnamed = _("This seat has no MP at the moment. You can write as soon as somebody is elected.")
    return ChosenDraft(
        kind="do_not_write",
        text=vacant % {"seat": seat.name} if seat else unnamed,
        greeting="",
        signature_line="",
        stance=None,
        variant_name="",
    )
