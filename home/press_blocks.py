"""What a press room is built from."""

from typing import Any, ClassVar

from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock

from home.sheet_blocks import NOT_A_NUMBER, NUMBER, ContactValue


class PressContactBlock(blocks.StructBlock):
    """Where journalists ask."""

    name = blocks.CharBlock(max_length=120, help_text="A desk or a role, such as “Press desk”. Not a private person.")
    email = blocks.EmailBlock(help_text="A shared mailbox, not a person's own.")
    number = blocks.RegexBlock(
        NUMBER,
        required=False,
        error_messages={"invalid": NOT_A_NUMBER},
        help_text="The organisation's, never a person's own.",
    )
    hours = blocks.CharBlock(required=False, max_length=120, help_text="When somebody answers.")

    class Meta:
        icon = "mail"
        group = "Press room"
        template = "home/blocks/press_contact.html"
        value_class = ContactValue
        description = "Where journalists write or call."
        preview_value: ClassVar[dict[str, Any]] = {
            "name": "Press desk",
            "email": "press@example.org",
            "number": "0161 496 0142",
            "hours": "Monday to Friday, 9 am to 5 pm",
        }


class DownloadBlock(blocks.StructBlock):
    """A file for journalists."""

    document = DocumentChooserBlock(help_text="A file without names of people who have not agreed to be in it.")
    about = blocks.CharBlock(max_length=200, help_text="What is in it, and how it may be used.")

    class Meta:
        icon = "download"
        group = "Press room"
        template = "home/blocks/download.html"
        description = "A file to take away, with what is in it."

    def get_preview_value(self) -> blocks.StructValue:
        """The newest file there is; before there is one, the words beside it alone."""
        document = get_document_model().objects.order_by("-pk").first()
        return self.normalize({"document": document, "about": "Every figure we use, with its source."})
