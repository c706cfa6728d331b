"""What an export would hold, told before it is asked for: how many people, how many agreed, who stays out and why."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from supporters.exports.choosing import Choice
from supporters.models import CurrentConsent, Purpose, Suppression
from supporters.segments import may_be_written_to, supporters_in


@dataclass(frozen=True)
class Forecast:
    """People by what would become of them. Whoever is in it and did not agree goes along as a no."""

    chosen: int
    agreed: int
    never_asked: int
    with_never_asked: bool

    @property
    def left_out(self) -> int:
        return 0 if self.with_never_asked else self.never_asked

    @property
    def people(self) -> int:
        return self.chosen - self.left_out

    @property
    def did_not_agree(self) -> int:
        """In the file, so that the target learns whom not to write to."""
        return self.people - self.agreed


def forecast(choice: Choice) -> Forecast:
    """The people of ``choice`` as they stand now; the file is made from those of a little later."""
    people = supporters_in(choice.criteria)
    answers = CurrentConsent.objects.filter(supporter=OuterRef("pk"))
    stops = Suppression.objects.filter(email_key=OuterRef("email_key"))
    return Forecast(
        chosen=people.count(),
        agreed=people.filter(may_be_written_to(Purpose.UPDATES)).count(),
        # As in supporters.exports.choosing: whoever asked us to stop has answered too.
        never_asked=people.exclude(Exists(answers)).exclude(Exists(stops)).count(),
        with_never_asked=choice.with_never_asked,
    )
