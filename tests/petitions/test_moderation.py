"""Each comment is read by a moderator before the public reads it."""

import uuid

import pytest
from django.urls import reverse

from petitions.models import CommentState, ShownAs, Signature
from petitions.selectors import public_comments
from petitions.services import approve_comment, refuse_comment, withdraw_signature
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import colleague, signed

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

QUEUE = "petition_comments:index"


@pytest.fixture
def petition():
    return PetitionPageFactory(title="Safe to report")


@pytest.fixture
def moderator(client):
    client.force_login(colleague("moderate_comments"))
    return client


def commented(petition, text="Please do.", **typed):
    return signed(petition, comment=text, shown_as=ShownAs.FIRST_NAME, **typed)


def state_of(signature):
    return Signature.objects.values_list("comment_state", flat=True).get(pk=signature.pk)


def decide(client, verb, *signatures, seen=CommentState.WAITING):
    data = {"verb": verb, "seen": seen, "comment": [str(signature.pk) for signature in signatures]}
    return client.post(reverse(QUEUE), data, follow=True)


def test_the_queue_shows_the_comment_as_the_public_would_see_it_and_no_more(moderator, petition):
    commented(petition, name="Ada Example", email="ada@example.org")

    page = moderator.get(reverse(QUEUE)).content.decode()

    assert "Please do." in page
    assert "Safe to report" in page
    assert "First name only: Ada" in page
    for hidden in ("Ada Example", "ada@example.org", "SW1A 1AA"):
        assert hidden not in page


def test_the_one_that_waited_longest_comes_first(moderator, petition):
    for number in range(3):
        commented(petition, f"Reason {number}.", email=f"{number}@example.org")

    page = moderator.get(reverse(QUEUE)).content.decode()

    assert page.index("Reason 0.") < page.index("Reason 1.") < page.index("Reason 2.")


def test_unconfirmed_and_withdrawn_comments_are_not_in_the_queue(moderator, petition):
    commented(petition, "Not confirmed.", confirmed=False)
    withdraw_signature(commented(petition, "Withdrawn.", email="bo@example.org").pk)

    page = moderator.get(reverse(QUEUE)).content.decode()

    assert "No comment is waiting." in page


def test_approving_shows_the_comment_to_the_public(moderator, petition):
    signature = commented(petition)
    assert public_comments(petition) == []

    page = decide(moderator, "approve", signature).content.decode()

    assert "1 comment approved." in page
    assert [comment.text for comment in public_comments(petition)] == ["Please do."]


def test_refusing_keeps_it_from_the_public_and_the_signature_counts(moderator, petition):
    signature = commented(petition)

    decide(moderator, "refuse", signature)

    assert state_of(signature) == CommentState.REFUSED
    assert public_comments(petition) == []
    assert Signature.objects.confirmed().count() == 1


def test_everything_ticked_is_decided_at_once(moderator, petition):
    ticked = [commented(petition, email=f"{number}@example.org") for number in range(3)]
    left = commented(petition, email="bo@example.org")

    page = decide(moderator, "approve", *ticked).content.decode()

    assert "3 comments approved." in page
    assert {state_of(signature) for signature in ticked} == {CommentState.APPROVED}
    assert state_of(left) == CommentState.WAITING


def test_a_colleagues_decision_stands_and_the_second_moderator_is_told(moderator, petition):
    first, second = commented(petition), commented(petition, email="bo@example.org")
    refuse_comment(signature=first)

    page = decide(moderator, "approve", first, second).content.decode()

    assert "1 comment approved." in page
    assert "1 comment left as it is" in page
    assert state_of(first) == CommentState.REFUSED
    assert state_of(second) == CommentState.APPROVED


def test_a_comment_withdrawn_meanwhile_cannot_be_approved(moderator, petition):
    signature = commented(petition)
    withdraw_signature(signature.pk)

    page = decide(moderator, "approve", signature).content.decode()

    assert "1 comment left as it is" in page
    assert state_of(signature) == CommentState.NONE


def test_a_decision_can_be_taken_back_from_the_list_of_decided_ones(moderator, petition):
    signature = commented(petition)
    approve_comment(signature=signature)

    listed = moderator.get(reverse(QUEUE), {"state": "approved"}).content.decode()
    assert "Please do." in listed
    decide(moderator, "refuse", signature, seen=CommentState.APPROVED)

    assert public_comments(petition) == []


def test_the_queue_of_one_petition_is_kept_while_deciding(moderator, petition):
    other = PetitionPageFactory(title="Another one")
    here, there = commented(petition, "Here."), commented(other, "There.", email="bo@example.org")
    address = f"{reverse(QUEUE)}?state=waiting&petition={petition.pk}"

    page = moderator.get(address).content.decode()
    assert "Here." in page
    assert "There." not in page
    answer = moderator.post(address, {"verb": "approve", "seen": "waiting", "comment": str(here.pk)})

    assert answer["Location"] == address
    assert state_of(there) == CommentState.WAITING


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"verb": "approve", "seen": "waiting"},
        {"verb": "publish", "seen": "waiting", "comment": str(uuid.uuid4())},
        {"verb": "approve", "seen": "waiting", "comment": "1 OR 1=1"},
    ],
)
def test_a_post_that_is_no_press_of_a_button_changes_nothing(moderator, petition, data):
    signature = commented(petition)

    assert moderator.post(reverse(QUEUE), data).status_code == 302
    assert state_of(signature) == CommentState.WAITING


def test_looking_at_the_queue_decides_nothing(moderator, petition):
    signature = commented(petition)

    moderator.get(reverse(QUEUE), {"verb": "approve", "seen": "waiting", "comment": str(signature.pk)})

    assert state_of(signature) == CommentState.WAITING


def test_a_comment_is_text_whatever_is_typed(moderator, petition):
    commented(petition, "<script>alert(1)</script>")

    page = moderator.get(reverse(QUEUE)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_a_long_queue_has_pages(moderator, petition, django_assert_max_num_queries):
    for number in range(27):
        commented(petition, f"Reason {number}.", email=f"{number}@example.org")

    with django_assert_max_num_queries(13):  # the frame of the page, the choice of petitions, the count, the rows
        first = moderator.get(reverse(QUEUE)).content.decode()
    second = moderator.get(reverse(QUEUE), {"p": 2}).content.decode()

    assert "27 comments in all." in first
    assert "Reason 24." in first
    assert "Reason 25." not in first
    assert "Reason 26." in second
