"""Forms of the organisers' workspace."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.pictures import UNREADABLE, CleanPicture, clean_picture

ALT_TEXT_HELP: Final = (
    "What it shows, as you would tell it on the telephone. It is read aloud to people who cannot see the picture."
)


class PictureField(WagtailImageField):
    """Wagtail's field, which lets the decoder's own error escape when a file ends half way."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except OSError as error:
            raise ValidationError(UNREADABLE, code="unreadable_picture") from error


class PictureForm(BaseImageForm):
    """Uploading a picture: one we cannot clean is refused here, with a sentence beside the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureField(
                label=given.label, required=given.required, widget=given.widget, help_text=given.help_text
            )

        if "description" in self.fields:
            self.fields["description"].help_text = ALT_TEXT_HELP

    def clean_file(self) -> CleanPicture:
        upload = self.cleaned_data["file"]
        return clean_picture(upload) if "file" in self.changed_data else upload


class WordFileForm(forms.Form):
    """Which document to bring in."""

    file = forms.FileField(
        label="Word document", help_text="A file that ends in .docx, of at most 25 MB. It is read once, and not kept."
    )
    title = forms.CharField(
        max_length=255, required=False, help_text="Leave it empty to take the title from the document."
    )
