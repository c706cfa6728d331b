"""Who wrote from their own mail can be counted, without anything about them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mp_contacts.models import SelfSentLetter
from mp_contacts.services.counting_own import COUNT_LIMIT
from tests.factories.mp_contacts import ConstituencyFactory, LetterPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return LetterPageFactory()


def count(client, page, **data):
    return client.post(reverse("mp_contacts:count_me", args=[page.pk]), data)


def test_one_more_letter_with_seat_and_day(client, page):
    seat = ConstituencyFactory()

    response = count(client, page, constituency=seat.code)

    assert (response.status_code, response["Location"]) == (303, reverse("mp_contacts:counted", args=[page.pk]))
    letter = SelfSentLetter.objects.get()
    assert (letter.page_id, letter.constituency_code, letter.reported_on) == (page.pk, seat.code, timezone.localdate())
    assert not response.cookies
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("code", ["", "E99999999", "X\x00", "x" * 1_000_000, "🦄"])
def test_a_seat_that_is_none_is_left_out(client, page, code):
    assert count(client, page, constituency=code).status_code == 303
    assert SelfSentLetter.objects.get().constituency_code == ""


def test_reading_never_counts(client, page):
    assert client.get(reverse("mp_contacts:count_me", args=[page.pk])).status_code == 405
    client.get(reverse("mp_contacts:counted", args=[page.pk]))

    assert not SelfSentLetter.objects.exists()


def test_a_network_counts_only_so_often_for_a_page(client, page):
    statuses = [count(client, page).status_code for _ in range(COUNT_LIMIT.burst + 1)]

    assert statuses == [303] * COUNT_LIMIT.burst + [429]
    assert SelfSentLetter.objects.count() == COUNT_LIMIT.burst
    assert count(client, LetterPageFactory()).status_code == 303


def test_a_closed_page_counts_no_more(client, page):
    page.state = "closed"
    page.save()

    assert count(client, page).status_code == 409
    assert not SelfSentLetter.objects.exists()
