"""What the link in the mail leads to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from supporters.links import register_purpose
from supporters.privacy.pages import yours
from supporters.privacy.visits import PRIVACY_LINK, running_visit


class OwnPage:
    """Everything held about the address that the link was sent to."""

    name = PRIVACY_LINK
    url_name = "supporters:privacy_yours"

    def show(self, request: HttpRequest, *, token: str, subject_id: UUID) -> HttpResponse | None:
        visit = running_visit(subject_id)
        return yours(request, visit=visit, token=token) if visit else None


register_purpose(OwnPage())
