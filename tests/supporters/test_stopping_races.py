"""Stopping, complaining and erasing at the same moment: each gets its turn, and nobody waits in a ring."""

import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from supporters.delivery.reports import Report
from supporters.models import Purpose, Supporter, Suppression
from supporters.report_kinds import ReportKind
from supporters.services.erasing import erase_address
from supporters.services.reports import take_report
from supporters.staying import stay
from supporters.suppression import reason_for
from supporters.unsubscribe_links import EVERYTHING
from supporters.unsubscribing import end_mails
from tests.at_once import at_once
from tests.supporters.people_who_agreed import person

pytestmark = pytest.mark.django_db(transaction=True)

ADA = "ada@example.org"
ROUNDS = 12
# Long enough for the other thread to come as far as it can.
OPEN_FOR = 0.5


def complains(number):
    take_report(
        Report(
            kind=ReportKind.COMPLAINED,
            key=bytes([number]) * 32,
            happened_at=datetime(2026, 3, 1, tzinfo=UTC),
            recipient=ADA,
        )
    )


def agreed_again():
    Suppression.objects.all().delete()
    return person(ADA, Purpose.UPDATES, Purpose.TAKING_PART)


def test_a_mail_program_that_complains_and_unsubscribes_at_once():
    for number in range(ROUNDS):
        ada = agreed_again()

        at_once(2, lambda which, n=number, pk=ada.pk: complains(n) if which else end_mails(pk, EVERYTHING))

        assert reason_for(ADA) == Suppression.Reason.COMPLAINED


def test_somebody_who_unsubscribes_and_erases_at_once():
    for _ in range(ROUNDS):
        ada = agreed_again()

        at_once(
            2,
            lambda which, pk=ada.pk: erase_address(address=ADA, actor=None) if which else end_mails(pk, EVERYTHING),
        )

        assert not Supporter.objects.exists()
        assert reason_for(ADA) == Suppression.Reason.ASKED


@pytest.mark.parametrize("act", [stay, lambda pk: end_mails(pk, EVERYTHING)])
def test_somebody_erased_while_their_link_waits_for_them_is_gone_and_no_error(act):
    ada, failures = agreed_again(), []

    def press() -> None:
        try:
            act(ada.pk)
        except Exception as error:  # noqa: BLE001  (whatever it is, the person would see it)
            failures.append(error)
        finally:
            connections.close_all()

    with transaction.atomic():
        erase_address(address=ADA, actor=None)
        thread = threading.Thread(target=press)
        thread.start()
        time.sleep(OPEN_FOR)
    thread.join()

    assert not failures
    assert not Supporter.objects.exists()
