from django.urls import path, register_converter

from campaign_site.mailbox import views


class LetterName:
    """The file names that the mail backend gives, and nothing that could lead out of the folder."""

    regex = r"[0-9]{8}T[0-9]{6}\.[0-9]{6}Z-[0-9a-f]{12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LetterName, "letter")

app_name = "mailbox"
urlpatterns = [
    path("", views.letter_list, name="list"),
    path("<letter:name>/", views.letter_detail, name="letter"),
    path("<letter:name>/html/", views.letter_html, name="html"),
]
