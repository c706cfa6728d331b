"""A no is turned into a yes by the person themselves, and by nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import User
from supporters.identity import email_key
from supporters.models import ConsentRecord, ConsentText, CurrentConsent, Purpose, Suppression
from supporters.services import change_consent, record_consent, remember_supporter
from supporters.services.consent import OnlyTheirOwnAct, WordingUnknown
from supporters.suppression import suppress

pytestmark = pytest.mark.django_db

Choice = ConsentRecord.Choice
Reason = Suppression.Reason
KEY = email_key("ada@example.org")


@pytest.fixture
def text():
    return ConsentText.objects.create(wording="Yes, write to me.", controller="Example Campaign")


@pytest.fixture
def ada():
    return remember_supporter(address="ada@example.org")


@pytest.fixture
def organiser():
    return User.objects.create_user("organiser@example.org", "a long password for tests")


def says(supporter, choice, **how):
    return change_consent(
        supporter=supporter, **{"purpose": Purpose.UPDATES, "choice": choice, "method": "their own page", **how}
    )


def standing(supporter, purpose=Purpose.UPDATES):
    return CurrentConsent.objects.get(supporter=supporter, purpose=purpose).choice


def reason():
    return Suppression.objects.filter(email_key=KEY).values_list("reason", flat=True).first()


def test_own_change_of_mind_is_recorded_under_the_words_answered_last(ada, text):
    says(ada, Choice.GIVEN, text=text)
    record = says(ada, Choice.WITHDRAWN)

    assert (record.text, record.method, record.actor_id) == (text, "their own page", None)
    assert standing(ada) == Choice.WITHDRAWN


def test_taking_back_the_last_yes_suppresses_and_an_own_yes_lifts(ada, text):
    says(ada, Choice.GIVEN, text=text)
    says(ada, Choice.WITHDRAWN)
    assert reason() == Reason.ASKED

    says(ada, Choice.GIVEN)
    assert reason() is None


def test_another_yes_that_stands_keeps_the_address_open(ada, text):
    meetings = ConsentText.objects.create(
        purpose=Purpose.TAKING_PART, wording="Invite me.", controller="Example Campaign"
    )
    says(ada, Choice.GIVEN, text=text)
    says(ada, Choice.GIVEN, purpose=Purpose.TAKING_PART, text=meetings)

    says(ada, Choice.WITHDRAWN)
    assert reason() is None

    says(ada, Choice.WITHDRAWN, purpose=Purpose.TAKING_PART)
    assert reason() == Reason.ASKED


def test_organiser_cannot_turn_a_no_into_a_yes(ada, text, organiser):
    says(ada, Choice.GIVEN, text=text)
    says(ada, Choice.WITHDRAWN, actor=organiser, note="told us on the phone")

    with pytest.raises(OnlyTheirOwnAct):
        says(ada, Choice.GIVEN, actor=organiser, text=text)
    assert standing(ada) == Choice.WITHDRAWN
    assert says(ada, Choice.GIVEN).actor_id is None


def test_organiser_cannot_overrule_an_address_that_asked_us_to_stop(ada, text, organiser):
    suppress(KEY, Reason.ASKED)

    with pytest.raises(OnlyTheirOwnAct):
        says(ada, Choice.GIVEN, actor=organiser, text=text)


def test_organiser_may_write_down_a_first_yes_and_lifts_nothing_by_it(ada, text, organiser):
    suppress(KEY, Reason.BOUNCED)
    record = says(ada, Choice.GIVEN, actor=organiser, text=text, note="paper list of 3 May")

    assert (record.actor_id, record.note) == (organiser.pk, "paper list of 3 May")
    assert reason() == Reason.BOUNCED


def test_pressing_twice_records_once(ada, text):
    says(ada, Choice.GIVEN, text=text)
    first = says(ada, Choice.WITHDRAWN)

    assert says(ada, Choice.WITHDRAWN) == first
    assert ada.consents.count() == 2


def test_answer_without_a_question_is_refused(ada, text):
    with pytest.raises(WordingUnknown):
        says(ada, Choice.WITHDRAWN)
    with pytest.raises(ValueError, match="something else"):
        says(ada, Choice.GIVEN, purpose=Purpose.TAKING_PART, text=text)


def test_answer_counts_although_the_clock_runs_behind(ada, text):
    record_consent(
        supporter=ada,
        text=text,
        choice=Choice.GIVEN,
        method="web form",
        page_id=None,
        asked_at=timezone.now() + timedelta(minutes=5),
    )
    says(ada, Choice.WITHDRAWN)

    assert standing(ada) == Choice.WITHDRAWN


def test_yes_that_is_older_than_the_no_lifts_nothing(ada, text):
    """The box was ticked on Monday, the no came on Tuesday, the link in Monday's mail is pressed on Wednesday."""
    before = timezone.now() - timedelta(days=2)
    says(ada, Choice.GIVEN, text=text)
    says(ada, Choice.WITHDRAWN)
    record_consent(supporter=ada, text=text, choice=Choice.GIVEN, method="web form", page_id=None, asked_at=before)

    assert (standing(ada), reason()) == (Choice.WITHDRAWN, Reason.ASKED)
