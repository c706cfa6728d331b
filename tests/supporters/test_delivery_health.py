"""How mail is delivered, as organisers see it."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from supporters.delivery_health import Level, Rate, delivery_health
from supporters.models import Delivery, Message, MessageState, Suppression, WorkerHeartbeat
from supporters.outbox import settle
from tests.petitions.organisers import colleague
from tests.supporters.mail_kinds import queued

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

HOUR = timedelta(hours=1)


def settled(state, *, ago=HOUR, delivery=Delivery.UNKNOWN):
    message = queued()
    settle(Q(pk=message.pk), state)
    Message.objects.filter(pk=message.pk).update(settled_at=timezone.now() - ago, delivery=delivery)


def test_every_mail_is_counted_once_in_the_time_it_left():
    settled(MessageState.SENT, delivery=Delivery.DELIVERED)
    settled(MessageState.SENT, delivery=Delivery.COMPLAINED)
    settled(MessageState.SENT, ago=25 * HOUR)
    settled(MessageState.FAILED, delivery=Delivery.BOUNCED)
    settled(MessageState.SUPPRESSED)
    settled(MessageState.CANCELLED)
    day, week = delivery_health().windows

    assert (day.sent, day.failed, day.suppressed) == (2, 1, 1)
    assert (day.delivered, day.bounced, day.complained) == (1, 1, 1)
    assert (week.sent, week.failed) == (3, 1)
    assert (day.bounces.of, day.complaints.of) == (3, 2)


def test_waiting_mail_suppressions_and_the_worker():
    queued()
    Message.objects.update(created_at=timezone.now() - HOUR)
    queued()
    Suppression.objects.create(email_key=b"1" * 32, reason="asked")
    Suppression.objects.create(email_key=b"2" * 32, reason="asked")
    beat = timezone.now()
    WorkerHeartbeat.objects.create(name="mail", beat_at=beat)
    health = delivery_health()

    assert health.waiting == 2
    assert timezone.now() - health.oldest_at >= HOUR
    assert dict(health.suppressions)["The person asked us to stop"] == 2
    assert len(health.suppressions) == len(Suppression.Reason)
    assert health.worker_at == beat


@pytest.mark.parametrize(
    ("number", "of", "level"),
    [
        (1, 99, Level.TOO_FEW),
        (0, 0, Level.TOO_FEW),
        (0, 10_000, Level.FINE),
        (9, 10_000, Level.FINE),
        (10, 10_000, Level.CARE),
        (30, 10_000, Level.TOO_HIGH),
    ],
)
def test_rates_are_held_against_the_providers_limits(number, of, level):
    assert Rate(number, of, 0.001, 0.003).level == level


def test_five_queries_whatever_there_is(django_assert_num_queries):
    with django_assert_num_queries(5):
        delivery_health()


def test_page_warns_when_no_worker_sends(client):
    client.force_login(colleague("view_delivery_health"))
    address = reverse("delivery:index")
    assert "No mail leaves until one runs" in client.get(address).content.decode()

    WorkerHeartbeat.objects.create(name="mail", beat_at=timezone.now())
    settled(MessageState.SENT)
    shown = client.get(address).content.decode()
    assert "No mail leaves" not in shown
    assert "within the last minute" in shown
    assert "MAIL_WEBHOOKS" in shown, "without reports nothing can be known about complaints"


def test_page_needs_its_permission(client):
    client.force_login(colleague("send_mailings"))
    address = reverse("delivery:index")

    assert client.get(address).status_code == 302
    assert client.post(address).status_code == 302
