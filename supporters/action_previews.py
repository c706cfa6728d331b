"""How editors see an action page before anybody else does: as it is, and in the states that visitors meet later.

A preview renders the templates that the public gets, with a page that exists in memory alone. No form is sent, no
service is asked, nothing is written: nobody signs by looking.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone, translation

from supporters.typed import AddressForm

if TYPE_CHECKING:
    from wagtail.models import Page as Previewed
else:
    Previewed = object

INVALID, CHECK_EMAIL, THANK_YOU, CLOSED = "invalid", "check_email", "thank_you", "closed"
PREVIEW_MODES: Final = [
    ("", "The page as it is"),
    (INVALID, "The form with mistakes in it"),
    (CHECK_EMAIL, "Check your inbox"),
    (THANK_YOU, "Thank you"),
    (CLOSED, "Once it is closed"),
]
STEPS: Final = frozenset({CHECK_EMAIL, THANK_YOU})
"""States that have a template of their own, in each app under the same name."""


class StatesPreview(Previewed):
    """For action pages: Wagtail's preview modes, one for each state."""

    if TYPE_CHECKING:
        opens_at: datetime | None
        closes_at: datetime | None

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return PREVIEW_MODES

    def pretend_open(self) -> None:
        """Change this page, which nobody saves, so that it takes part; a page type adds what else must be so."""
        self.opens_at = self.closes_at = None

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        if mode_name in STEPS:
            return f"{self._meta.app_label}/{mode_name}.html"
        template: str = super().get_preview_template(request, mode_name)
        return template

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        if mode_name == CHECK_EMAIL:
            resend = reverse(f"{self._meta.app_label}:resend", args=[self.pk]) if self.pk else ""
            return {**context, "form": AddressForm(), "resend_url": resend}
        return {**context, "is_sent_empty": mode_name == INVALID}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> SimpleTemplateResponse:
        """The state called ``mode_name``, in the language of the page, rendered at once: the language ends here."""
        # A draft is shown as it will be once it is live; otherwise every draft would look closed.
        self.live = True
        if mode_name:
            self.pretend_open()
        if mode_name == CLOSED:
            self.closes_at = timezone.now()
        with translation.override(self.locale.language_code):
            response: SimpleTemplateResponse = super().serve_preview(request, mode_name)
            return response.render()
