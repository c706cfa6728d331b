"""What a campaign page is told with, besides what every page can hold.

Blocks, not fields or inline rows: editors put a voice where the text needs it, see each part before they add it,
and leave out what a young campaign does not have yet. Each part has an anchor of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from home.blocks import LINE_FEATURES, TEXT_FEATURES, BodyBlock
from home.rough_dates import NOT_A_DATE, RoughDate, check_rough_date, rough_date
from home.translating import NotTranslated, PartsToTranslate

NO_CONSENT_DAY: Final = "Note the day on which they agreed to be quoted, or tick that nobody like this exists."
NO_CONSENT_KEEPER: Final = "Note who keeps what they agreed to."
NOTE_NEEDED: Final = "Say in a line what it is about, so that readers can decide whether to open it."


class VoiceBlock(PartsToTranslate, blocks.StructBlock):
    """Somebody speaks for themselves, under a name that need not be theirs.

    What is noted about their consent is for colleagues: no template shows it, and no search or translator gets it.
    """

    translated_parts = ("text", "called", "content_note")

    text = blocks.TextBlock(help_text="Their own words, without quotation marks. Leave out what could identify them.")
    called = blocks.CharBlock(
        required=False, max_length=120, help_text="What they want to be called here, such as “Marta, Leeds”."
    )
    is_renamed = blocks.BooleanBlock(
        required=False, label="The name is changed", help_text="The page says so beside the name."
    )
    is_invented = blocks.BooleanBlock(
        required=False,
        label="Nobody like this exists",
        help_text="The page says that the voice is invented. No consent is needed then.",
    )
    content_note = blocks.CharBlock(
        required=False, max_length=120, help_text="What some readers want to know first: “Speaks of a rape.”"
    )
    is_covered = blocks.BooleanBlock(
        required=False,
        label="Hide it at first",
        help_text="Readers see the note alone and open the words if they wish. Works without scripts.",
    )
    consented_on = blocks.DateBlock(required=False, help_text="When they agreed to be quoted. Never shown to readers.")
    consent_kept_by = blocks.CharBlock(
        required=False,
        max_length=160,
        search_index=False,
        help_text="Who keeps what they agreed to, and where: a role, not a link. Never shown to readers.",
    )

    class Meta:
        label = "Voice: somebody's own words"
        icon = "openquote"
        group = "Voices and people"
        template = "home/blocks/voice.html"
        description = "Somebody's own words, with a note before them and hidden at first if you choose."
        preview_value: ClassVar[dict[str, Any]] = {
            "text": "I counted the stairs while he was shouting. I still count stairs.",
            "called": "Ana, Bristol",
            "is_renamed": True,
            "is_invented": True,
            "content_note": "Speaks of an attack.",
            "is_covered": True,
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """A draft may wait for the note of consent; a page that is published may not."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        problems = {}
        if not cleaned["is_invented"]:
            if not cleaned["consented_on"]:
                problems["consented_on"] = ValidationError(NO_CONSENT_DAY)
            if not cleaned["consent_kept_by"]:
                problems["consent_kept_by"] = ValidationError(NO_CONSENT_KEEPER)
        if cleaned["is_covered"] and not cleaned["content_note"]:
            problems["content_note"] = ValidationError(NOTE_NEEDED)
        if problems:
            raise blocks.StructBlockValidationError(problems)
        return cleaned


class RoughDateBlock(NotTranslated, blocks.CharBlock):
    """A date as exact as it is known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 10, "validators": (check_rough_date,), "help_text": NOT_A_DATE, **kwargs})


class WinBlock(blocks.StructBlock):
    """One thing that was won."""

    won_on = RoughDateBlock(label="When")
    title = blocks.CharBlock(max_length=120, help_text="What changed, in a few words.")
    text = blocks.RichTextBlock(required=False, features=LINE_FEATURES, help_text="How it came about.")
    source = blocks.CharBlock(required=False, max_length=160, help_text="Who reported it: publisher and date.")
    source_link = blocks.URLBlock(required=False, help_text="Only if you have checked that it still works.")


@dataclass(frozen=True)
class DatedWin:
    """One line of the timeline."""

    when: RoughDate
    win: blocks.StructValue


class WinsValue(blocks.StructValue):
    """The wins in the order of time, however editors entered them."""

    @property
    def in_order(self) -> list[DatedWin]:
        """The oldest first. A draft's date that is none yet stands last, as it was typed."""
        return sorted((self._dated(win) for win in self["wins"]), key=lambda dated: dated.when.text or "9999")

    @staticmethod
    def _dated(win: blocks.StructValue) -> DatedWin:
        typed = win["won_on"] or ""
        try:
            return DatedWin(rough_date(typed), win)
        except ValidationError:
            return DatedWin(RoughDate("", typed), win)


class WinsBlock(blocks.StructBlock):
    """What has been won so far, sorted by time."""

    title = blocks.CharBlock(default="What has been won", max_length=120, help_text="Stands above the timeline.")
    wins = blocks.ListBlock(WinBlock(), help_text="In any order: the page sorts them by date.")

    class Meta:
        label = "What has been won"
        icon = "history"
        group = "Campaign"
        template = "home/blocks/wins.html"
        value_class = WinsValue
        description = "A timeline of what was won, sorted for you, each with its source."
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "What has been won",
            "wins": [
                {
                    "won_on": "2016-07-01",
                    "title": "A committee of MPs agrees",
                    "text": "",
                    "source": "House of Commons",
                },
                {
                    "won_on": "1995",
                    "title": "A first in court",
                    "text": "<p>Two sex workers win a private prosecution for rape.</p>",
                    "source": "The Independent, 19 September 1995",
                },
            ],
        }


class OrganisationBlock(PartsToTranslate, blocks.StructBlock):
    """An organisation that stands behind the campaign."""

    name = blocks.CharBlock(max_length=160, help_text="As it calls itself.")
    link = blocks.URLBlock(required=False, help_text="Its own site.")
    logo = ImageChooserBlock(
        required=False, help_text="Upload it here: nothing is ever loaded from another site. The name stands beside it."
    )


class EndorsersBlock(blocks.StructBlock):
    """The organisations behind the campaign."""

    title = blocks.CharBlock(default="Who stands behind this", max_length=120, help_text="Stands above the list.")
    organisations = blocks.ListBlock(OrganisationBlock(), help_text="Only those that agreed to be named.")

    class Meta:
        label = "Organisations behind it"
        icon = "group"
        group = "Voices and people"
        template = "home/blocks/endorsers.html"
        description = "Organisations that endorse the campaign, by name, with a link and a logo if you like."
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "Who stands behind this",
            "organisations": [
                {"name": "Lantern Street Tenants (invented)", "link": "", "logo": None},
                {"name": "Night Workers' Union (invented)", "link": "", "logo": None},
            ],
        }


class QuestionBlock(blocks.StructBlock):
    """A question that people really ask, and its answer."""

    question = blocks.CharBlock(max_length=160, help_text="As people ask it, with its question mark.")
    answer = blocks.RichTextBlock(features=TEXT_FEATURES, help_text="Begin with the answer; the reasons come after.")


@dataclass(frozen=True)
class AnchoredQuestion:
    """A question with the anchor that a link can lead to."""

    anchor: str
    entry: blocks.StructValue


class QuestionsValue(blocks.StructValue):
    """Questions, each with an anchor that no other on the list has."""

    @property
    def anchored(self) -> Iterator[AnchoredQuestion]:
        """Anchors follow from the words, so that a link holds for as long as the question is asked so."""
        taken: set[str] = set()
        for entry in self["questions"]:
            plain = f"q-{slugify(entry['question'] or '')[:60].strip('-')}"
            anchor, number = plain, 1
            while anchor in taken:
                number += 1
                anchor = f"{plain}-{number}"
            taken.add(anchor)
            yield AnchoredQuestion(anchor, entry)


class QuestionsBlock(blocks.StructBlock):
    """Questions and answers that open one by one, without scripts."""

    title = blocks.CharBlock(default="Questions and answers", max_length=120, help_text="Stands above the questions.")
    questions = blocks.ListBlock(QuestionBlock(), help_text="The one you hear most often first.")

    class Meta:
        label = "Questions and answers"
        icon = "help"
        group = "Campaign"
        template = "home/blocks/questions.html"
        value_class = QuestionsValue
        description = "Questions that open to their answers. Each can be linked to."
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "Questions and answers",
            "questions": [
                {
                    "question": "Is selling sex legal?",
                    "answer": "<p>In England and Wales, yes. Much around it is not.</p>",
                },
                {"question": "Who is behind this?", "answer": "<p>A network of sex workers and friends.</p>"},
            ],
        }


class CampaignBodyBlock(BodyBlock):
    """The vocabulary of a campaign page."""

    voice = VoiceBlock()
    wins = WinsBlock()
    endorsers = EndorsersBlock()
    questions = QuestionsBlock()

    class Meta:
        template = "home/blocks/body.html"
