"""The columns that leave the site, defined in one place for every format."""

from datetime import datetime
from typing import ClassVar

from django.utils import timezone
from django_countries import countries
from import_export.fields import Field
from import_export.resources import Resource
from import_export.widgets import Widget


class DayWidget(Widget):
    """The day of a moment, in the site's own time zone: the hour would tell when somebody was at a screen."""

    def render(self, value: datetime, obj: object = None, **kwargs: object) -> str:
        return timezone.localdate(value).isoformat()


class CountryWidget(Widget):
    """The English name of an ISO 3166 country code; the code itself when it is no country's."""

    names: ClassVar[dict[str, str]] = {}

    def render(self, value: str, obj: object = None, **kwargs: object) -> str:
        if value not in self.names:
            self.names[value] = countries.name(value) or value
        return self.names[value]


class HandInResource(Resource):
    """A signature as whoever receives the petition gets it: what shows that a real person signed, and no more.

    Parliaments and offices check a list by name and postcode. Addresses, comments and the wish to hear
    from us are nobody's business there, so no e-mail address can come into a pack.
    """

    name = Field(attribute="name", column_name="Name")
    postcode = Field(attribute="postcode", column_name="Postcode")
    country = Field(attribute="country", column_name="Country", widget=CountryWidget())
    signed_on = Field(attribute="confirmed_at", column_name="Signed on", widget=DayWidget())

    class Meta:
        export_order: ClassVar[list[str]] = ["name", "postcode", "country", "signed_on"]
