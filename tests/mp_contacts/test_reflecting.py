"""Nothing short of the whole sentence, on the live installation, lets a letter reach a member."""

from itertools import product
from typing import Any, Final

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks

from mp_contacts.delivery.reflecting import CONSENT, reaches_members, recipient_for
from mp_contacts.models import Member
from supporters.mails import render
from tests.factories.mp_contacts import MemberFactory
from tests.mp_contacts.test_office_mail import leaving

OURS: Final = "letters@campaign.example"
MEMBERS: Final = "jo@parliament.example"
SAID: Final = [
    *("", "yes", "1", "true", "on", "True", "yes, send letters", "send letters to members of parliament"),
    *(f" {CONSENT}", f"{CONSENT} ", f"{CONSENT}.", f"{CONSENT}\n", f'"{CONSENT}"', CONSENT.upper(), CONSENT.title()),
    *(CONSENT.capitalize(), CONSENT.replace(",", ""), CONSENT.replace(" ", "  "), CONSENT.replace("a", "а")),
    *(CONSENT.replace("yes", "no"), f"do not say {CONSENT}", "*", "None", None, True, 1, [CONSENT]),
    CONSENT,
]
PRODUCTION: Final = [False, True, None, 0, 1, "", "production", "True"]
MAIL_GOES: Final = [
    {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"},
    {"EMAIL_BACKEND": "anymail.backends.postmark.EmailBackend"},
    {"EMAIL_BACKEND": "campaign_site.mail.eml.EmlBackend"},
]
OTHERS: Final = [{"DEBUG": debug, **mail} for debug, mail in product([False, True], MAIL_GOES)]
TO: Final = [OURS, "reflected-letters@example.org"]


def test_nothing_short_of_the_words_in_production_reaches_a_member(settings: LazySettings) -> None:
    member = Member(email=MEMBERS)
    reached = []
    for said, production, other, reflect_to in product(SAID, PRODUCTION, OTHERS, TO):
        values: dict[str, Any] = {**other, "LETTERS_TO_MEMBERS": said, "IS_PRODUCTION": production}
        for name, value in values.items():
            setattr(settings, name, value)
        settings.LETTERS_REFLECT_TO = reflect_to

        if recipient_for(member) == MEMBERS:
            reached.append((said, production))
        else:
            assert recipient_for(member) == reflect_to
            assert not reaches_members()

    assert set(reached) == {(CONSENT, True)}
    assert len(reached) == len(OTHERS) * len(TO)


@pytest.mark.django_db
@pytest.mark.parametrize(("production", "said"), [(True, ""), (True, "yes"), (False, CONSENT), (False, "")])
def test_a_message_to_a_member_that_waits_since_is_not_sent(
    settings: LazySettings, production: bool, said: str
) -> None:
    settings.IS_PRODUCTION, settings.LETTERS_TO_MEMBERS = True, CONSENT
    message = leaving(member=MemberFactory(email=MEMBERS))
    assert message.recipient == MEMBERS
    assert render(message) is not None

    settings.IS_PRODUCTION, settings.LETTERS_TO_MEMBERS = production, said

    assert render(message) is None


def found() -> set[str]:
    messages = [message for message in run_checks(tags=["security"]) if str(message.id).startswith("mp_contacts.")]
    assert all(message.hint and message.is_serious() for message in messages)
    return {str(message.id) for message in messages}


@pytest.mark.parametrize(
    ("production", "said", "reflect_to", "expected"),
    [
        pytest.param(False, "", "reflected-letters@example.org", set(), id="as make run starts"),
        pytest.param(False, CONSENT, "reflected-letters@example.org", set(), id="the words, in development"),
        pytest.param(True, CONSENT, "reflected-letters@example.org", set(), id="live"),
        pytest.param(True, CONSENT, "", set(), id="live, with nowhere to reflect to"),
        pytest.param(True, "", OURS, set(), id="production that reflects"),
        pytest.param(True, "", "reflected-letters@example.org", {"mp_contacts.E002"}, id="neither is set"),
        pytest.param(True, "", "", {"mp_contacts.E002"}, id="reflects to nobody"),
        pytest.param(False, "", "", {"mp_contacts.E002"}, id="reflects to nobody in development"),
        pytest.param(False, "", "me", {"mp_contacts.E002"}, id="reflects to no address"),
        pytest.param(False, "", "a@b.example, c@d.example", {"mp_contacts.E002"}, id="reflects to two"),
        pytest.param(False, "", "whips@parliament.uk", {"mp_contacts.E002"}, id="reflects to Parliament"),
        pytest.param(False, "", "x@Mail.Parliament.UK", {"mp_contacts.E002"}, id="reflects to a part of it"),
        pytest.param(True, "yes", OURS, {"mp_contacts.E001"}, id="nearly said"),
        pytest.param(True, f"{CONSENT}.", "", {"mp_contacts.E001", "mp_contacts.E002"}, id="both wrong"),
    ],
)
def test_it_does_not_start_without_knowing_where_letters_go(
    settings: LazySettings, production: bool, said: str, reflect_to: str, expected: set[str]
) -> None:
    settings.IS_PRODUCTION, settings.LETTERS_TO_MEMBERS, settings.LETTERS_REFLECT_TO = production, said, reflect_to

    assert found() == expected
