"""While an outside service is asked, people see that, and are never left waiting for good."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from mp_contacts.models import PostcodeQuestion
from tests.factories.mp_contacts import ConstituencyFactory, LetterPageFactory, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return LetterPageFactory()


@pytest.fixture
def harrowmere():
    return ConstituencyFactory(name="Harrowmere")


def look(client, page, question_id):
    return client.get(reverse("mp_contacts:looking", args=[page.pk, question_id]))


def test_the_page_looks_again_while_the_question_is_open(client, page):
    question = PostcodeQuestion.objects.create(postcode="ZA1 1AA")

    response = look(client, page, question.pk)
    html = response.content.decode()

    assert '<meta http-equiv="refresh" content="3">' in html
    assert "ZA1" not in html
    assert response["Cache-Control"] == "private, no-store"


def test_after_a_minute_it_offers_the_list_instead(client, page):
    question = PostcodeQuestion.objects.create(postcode="ZA1 1AA", asked_at=timezone.now() - timedelta(seconds=61))

    html = look(client, page, question.pk).content.decode()

    assert "refresh" not in html
    assert reverse("mp_contacts:choose", args=[page.pk]) in html


def test_a_seat_that_was_found_goes_on_by_one_button(client, page, harrowmere):
    MemberFactory(name="Jo Example", constituency=harrowmere)
    question = PostcodeQuestion.objects.create(postcode="ZA1 1AA", state="found", constituency_code=harrowmere.code)

    html = look(client, page, question.pk).content.decode()

    assert "refresh" not in html
    assert "Jo Example" in html
    assert f'name="constituency" value="{harrowmere.code}"' in html
    assert html.partition("<footer")[0].count("<button") == 1
    assert "ZA1" not in html


@pytest.mark.parametrize("state", ["unknown", "failed", "found"])
def test_where_nothing_useful_was_found_there_is_the_list(client, page, state):
    code = "X99999999" if state == "found" else ""
    question = PostcodeQuestion.objects.create(postcode="ZA1 1AA", state=state, constituency_code=code)

    for question_id in (question.pk, uuid4()):
        html = look(client, page, question_id).content.decode()
        assert "refresh" not in html
        assert reverse("mp_contacts:choose", args=[page.pk]) in html


def test_nothing_to_see_beside_a_page_that_is_not_there(client, page):
    page.unpublish()

    assert look(client, page, uuid4()).status_code == 404
