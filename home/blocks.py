"""What an editor can build a page from."""

from typing import Any, ClassVar

from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from home.drawings import Drawing

TEXT_FEATURES = ["h3", "bold", "italic", "link", "document-link", "ol", "ul"]
LINE_FEATURES = ["bold", "italic", "link"]


class HeadingBlock(blocks.CharBlock):
    """A heading between two parts of the text."""

    class Meta:
        icon = "title"
        group = "Text"
        template = "home/blocks/heading.html"
        description = "Begins a new part of the page."
        preview_value = "What the law does today"


class ParagraphBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        group = "Text"
        template = "home/blocks/paragraph.html"
        description = "Running text. Write [1] where the first footnote belongs."
        preview_value = "<p>Two women who share a flat for safety can be charged with <b>keeping a brothel</b>. [1]</p>"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, set large."""

    text = blocks.TextBlock(help_text="Without quotation marks.")
    attribution = blocks.CharBlock(
        required=False, help_text="Who says so. Only what they agreed to be called in public."
    )
    is_invented = blocks.BooleanBlock(
        required=False, help_text="Tick it if this person does not exist; the page then says so."
    )

    class Meta:
        label = "Quotation"
        icon = "openquote"
        group = "Evidence"
        template = "home/blocks/quote.html"
        description = "A voice, set large. Invented voices are marked as such."
        preview_value: ClassVar[dict[str, Any]] = {
            "text": "I wanted to report him. I was told I might be the one arrested.",
            "attribution": "Marta, Leeds",
            "is_invented": True,
        }


class FigureBlock(blocks.StructBlock):
    """One number, set big, with where it comes from."""

    number = blocks.CharBlock(max_length=24, help_text="For example 36% or 1 in 3.")
    explanation = blocks.TextBlock(help_text="What the number counts, as a phrase that follows it.")
    source = blocks.CharBlock(
        required=False, help_text="Publisher and year. Leave empty if the explanation ends with a footnote such as [2]."
    )

    class Meta:
        label = "One big number"
        icon = "order"
        group = "Evidence"
        template = "home/blocks/figure.html"
        description = "One number, set big, with its source."
        preview_value: ClassVar[dict[str, str]] = {
            "number": "1.4%",
            "explanation": "of reported rapes in England and Wales led to a prosecution.",
            "source": "The Independent, 2019",
        }


class FactsBlock(blocks.StructBlock):
    """A list of facts under a common title."""

    title = blocks.CharBlock(required=False, help_text="For example: What we know.")
    facts = blocks.ListBlock(blocks.RichTextBlock(features=LINE_FEATURES), help_text="One fact each, with its source.")

    class Meta:
        label = "List of facts"
        icon = "list-ul"
        group = "Evidence"
        template = "home/blocks/facts.html"
        description = "Facts in a list, each with its source."
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "What we know",
            "facts": [
                "<p>People who report violence can be threatened with arrest themselves. [1]</p>",
                "<p>Trust goes to groups independent of the police. [2]</p>",
            ],
        }


class StepBlock(blocks.StructBlock):
    """One numbered demand or step."""

    title = blocks.CharBlock(help_text="What is to be done, verb first.")
    text = blocks.RichTextBlock(required=False, features=LINE_FEATURES, help_text="One or two sentences more.")


class StepsBlock(blocks.StructBlock):
    """Numbered demands, or steps in their order."""

    title = blocks.CharBlock(required=False, help_text="For example: What we ask.")
    steps = blocks.ListBlock(StepBlock(), help_text="They are numbered for you.")

    class Meta:
        label = "Demands or steps"
        icon = "list-ol"
        group = "Campaign"
        template = "home/blocks/steps.html"
        description = "Demands or steps, numbered by a canopy that opens."
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "What we ask",
            "steps": [
                {"title": "Let people work together", "text": "<p>Two people in one flat are safer than one.</p>"},
                {"title": "Clear criminal records", "text": ""},
            ],
        }


class EventBlock(blocks.StructBlock):
    """Something that happened at a time."""

    date = blocks.CharBlock(max_length=30, help_text="As it is to be read: 1995, or May 2016.")
    text = blocks.RichTextBlock(features=LINE_FEATURES, help_text="What happened.")


class TimelineBlock(blocks.StructBlock):
    """What happened, in order of time."""

    title = blocks.CharBlock(required=False, help_text="For example: What has been won.")
    events = blocks.ListBlock(EventBlock(), help_text="The oldest first.")

    class Meta:
        label = "What happened, by date"
        icon = "history"
        group = "Evidence"
        template = "home/blocks/timeline.html"
        description = "What happened, year by year."
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "What has been won",
            "events": [
                {"date": "1995", "text": "<p>Two sex workers win a private prosecution for rape.</p>"},
                {"date": "2016", "text": "<p>A committee of Parliament recommends a change in the law.</p>"},
            ],
        }


class CallToActionBlock(blocks.StructBlock):
    """The one thing to do next."""

    text = blocks.CharBlock(help_text="Why now, in one sentence.")
    page = blocks.PageChooserBlock(help_text="Where the button leads.")
    label = blocks.CharBlock(max_length=40, help_text="Verb first: Sign the petition.")

    class Meta:
        label = "Button to an action"
        icon = "tick-inverse"
        group = "Campaign"
        template = "home/blocks/call_to_action.html"
        description = "One sentence and one button."
        preview_value: ClassVar[dict[str, Any]] = {
            "text": "Nobody should have to choose between justice and their home.",
            "page": None,
            "label": "Sign the petition",
        }


class PictureBlock(blocks.StructBlock):
    """A photograph or scan with a caption."""

    image = ImageBlock(help_text="No faces of people who have not agreed in writing.")
    caption = blocks.CharBlock(required=False, help_text="What is seen, and who made the picture.")

    class Meta:
        icon = "image"
        group = "Pictures"
        template = "home/blocks/picture.html"
        description = "A picture with its caption."

    def get_preview_value(self) -> blocks.StructValue:
        """The newest picture that says what it shows; before there is one, the caption alone."""
        image = get_image_model().objects.exclude(description="").order_by("-pk").first()
        return self.normalize({"image": image, "caption": "What is seen, and who made the picture."})


class DrawingBlock(blocks.StructBlock):
    """One of the platform's own drawings."""

    drawing = blocks.ChoiceBlock(choices=Drawing.choices)
    caption = blocks.CharBlock(required=False)

    class Meta:
        icon = "view"
        group = "Pictures"
        template = "home/blocks/drawing.html"
        description = "A drawing that comes with the site."
        help_text = "Decoration: the text has to make sense without it."
        preview_value: ClassVar[dict[str, str]] = {"drawing": Drawing.STREET, "caption": "Safer together."}


class DividerBlock(blocks.StaticBlock):
    """A canopy between two parts of a page."""

    class Meta:
        icon = "minus"
        group = "Text"
        template = "home/blocks/divider.html"
        admin_text = "A small canopy with a rule on either side."
        description = "A pause between two parts."
        preview_value = None


class BodyBlock(blocks.StreamBlock):
    """The vocabulary of every page: text, evidence, pictures, and what to do."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    divider = DividerBlock()
    figure = FigureBlock()
    facts = FactsBlock()
    quote = QuoteBlock()
    timeline = TimelineBlock()
    steps = StepsBlock()
    call_to_action = CallToActionBlock()
    picture = PictureBlock()
    drawing = DrawingBlock()

    class Meta:
        template = "home/blocks/body.html"
