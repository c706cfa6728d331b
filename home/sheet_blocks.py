"""What a rights sheet is built from, beyond the vocabulary of every page."""

import re
from typing import Any, ClassVar, Final

from wagtail import blocks

from home.blocks import LINE_FEATURES, FactsBlock, HeadingBlock, ParagraphBlock, StepsBlock

NUMBER: Final = r"^\+?[0-9][0-9 ()\-]{1,24}$"
NOT_A_NUMBER: Final = "Write the number as people dial it: digits and spaces, such as 0800 123 4567."
# Written for readers abroad, and dialled by nobody: +44 (0)20 …
TRUNK_NOUGHT: Final = re.compile(r"(?<=\d)\s*\(0\)")


def telephone_uri(number: str) -> str:
    """``number``, as it is read, in the form that a phone dials (RFC 3966): "+44 (0)20 79" is tel:+442079."""
    if number.startswith("+"):
        return "tel:+" + re.sub(r"\D", "", TRUNK_NOUGHT.sub("", number))
    return "tel:" + re.sub(r"\D", "", number)


class SentenceBlock(blocks.StructBlock):
    """Words to say, and when."""

    moment = blocks.CharBlock(required=False, max_length=80, help_text="When it is said: “At the door”.")
    words = blocks.TextBlock(help_text="One or two sentences, as somebody would say them. Without quotation marks.")


class SayBlock(blocks.StructBlock):
    """Sentences that can be said aloud, or shown on the phone."""

    title = blocks.CharBlock(required=False, help_text="Leave it empty for “What to say”.")
    sentences = blocks.ListBlock(SentenceBlock(), help_text="Few, and short enough to remember.")

    class Meta:
        icon = "comment"
        group = "Rights sheet"
        template = "home/blocks/say.html"
        description = "Sentences to say, or to hold up on the phone."
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "",
            "sentences": [
                {"moment": "At the door", "words": "Who are you, and why have you come?"},
                {"moment": "", "words": "I want to speak to a solicitor first."},
            ],
        }


class DoNotSignBlock(blocks.StructBlock):
    """What nobody should put their name to."""

    title = blocks.CharBlock(required=False, help_text="Leave it empty for “What not to sign”.")
    papers = blocks.ListBlock(blocks.RichTextBlock(features=LINE_FEATURES), help_text="One kind of paper each.")

    class Meta:
        icon = "warning"
        group = "Rights sheet"
        template = "home/blocks/do_not_sign.html"
        description = "Papers that nobody should sign, one by one."
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "",
            "papers": ["<p>Anything that you could not read.</p>", "<p>A form with empty fields.</p>"],
        }


class ContactValue(blocks.StructValue):
    """Somebody to call."""

    @property
    def tel(self) -> str:
        """Where a link to the number leads; "" where there is none."""
        return telephone_uri(self["number"]) if self.get("number") else ""


class ContactBlock(blocks.StructBlock):
    """Somebody to call: an organisation, never a person's own number."""

    name = blocks.CharBlock(max_length=120, help_text="As they answer the phone.")
    about = blocks.CharBlock(max_length=200, help_text="What they are and what they do: “Free advice, in confidence”.")
    number = blocks.RegexBlock(NUMBER, error_messages={"invalid": NOT_A_NUMBER}, help_text="You have rung it yourself.")
    hours = blocks.CharBlock(max_length=120, help_text="When somebody answers: “Every day, day and night”.")

    class Meta:
        icon = "mobile-alt"
        value_class = ContactValue


class ContactsBlock(blocks.StructBlock):
    """Whom to call."""

    title = blocks.CharBlock(required=False, help_text="Leave it empty for “Whom to call”.")
    contacts = blocks.ListBlock(ContactBlock(), help_text="Who helps most comes first.")

    class Meta:
        icon = "mobile-alt"
        group = "Rights sheet"
        template = "home/blocks/contacts.html"
        description = "Numbers to call, with who answers and when."
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "",
            "contacts": [
                {
                    "name": "Emergency services",
                    "about": "Police, ambulance and fire brigade. The call is free.",
                    "number": "999",
                    "hours": "Every day, day and night",
                },
                {
                    "name": "A helpline (nobody answers here)",
                    "about": "Advice in confidence, in five languages.",
                    "number": "0808 157 0142",
                    "hours": "Monday to Friday, 10 am to 6 pm",
                },
            ],
        }


class SheetBodyBlock(blocks.StreamBlock):
    """A rights sheet: what to do, what to say, what not to sign, whom to call; and a little text where it must be."""

    steps = StepsBlock()
    say = SayBlock()
    do_not_sign = DoNotSignBlock()
    contacts = ContactsBlock()
    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    facts = FactsBlock()

    class Meta:
        template = "home/blocks/body.html"
