"""Writing to people from the workspace, without ever seeing who they are."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from supporters.mailings.advice import advice_on
from supporters.mailings.running import go_on_with_mailings
from supporters.models import AuditEntry, Mailing, MailingState, Message, Segment
from tests.petitions.organisers import colleague, member_of
from tests.supporters.people_who_agreed import crowd, person

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

TYPED = {
    "consent_purpose": "updates",
    "subject": "This week",
    "body": "News: https://campaign.example/news",
    "segment": "",
}


@pytest.fixture
def organiser(client):
    user = member_of("Organisers")
    client.force_login(user)
    return user


@pytest.fixture
def draft(client, organiser):
    client.post(reverse("mailings:write"), TYPED)
    return Mailing.objects.get()


def page(client, draft):
    return client.get(reverse("mailings:show", args=[draft.pk])).content.decode()


def press(client, draft, verb, **typed):
    return client.post(reverse("mailings:show", args=[draft.pk]), {"verb": verb, **typed})


def state(draft):
    draft.refresh_from_db()
    return draft.state


def test_draft_is_written_changed_and_listed(client, organiser, draft):
    assert (draft.state, draft.written_by) == (MailingState.DRAFT, organiser)
    client.post(reverse("mailings:edit", args=[draft.pk]), {**TYPED, "subject": "Next week"})

    assert "Next week" in client.get(reverse("mailings:index")).content.decode()
    assert not Message.objects.exists()


def test_draft_without_a_text_comes_back_with_what_was_typed(client, organiser):
    response = client.post(reverse("mailings:write"), {**TYPED, "body": ""})

    assert response.status_code == 422
    assert "This week" in response.content.decode()
    assert not Mailing.objects.exists()


def test_page_shows_the_mail_as_it_arrives_and_nobody_who_gets_it(client, draft):
    person("canary@example.org", name="Canary Person")
    crowd(7)
    shown = page(client, draft)

    assert "sandbox" in shown
    assert "News: https://campaign.example/news" in shown
    assert "about 5" in shown, "told in steps of five to those who may not see supporters"
    assert "anary" not in shown


def test_html_is_shown_in_a_frame_of_this_site_only(client, draft):
    response = client.get(reverse("mailings:html", args=[draft.pk]))

    assert '<a href="https://campaign.example/news"' in response.content.decode()
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_those_who_may_see_supporters_are_told_the_number(client, draft):
    client.force_login(colleague("send_mailings", "view_supporter"))
    crowd(7)

    assert "<dd>7</dd>" in page(client, draft)


def test_test_mail_goes_to_oneself(client, draft, organiser):
    press(client, draft, "test", to="somebody@example.org")

    assert Message.objects.get().recipient == organiser.email
    assert state(draft) == MailingState.DRAFT


def test_nothing_goes_out_without_the_tick(client, draft):
    before = ProcrastinateJob.objects.count()  # tests that commit leave theirs behind
    assert press(client, draft, "send").status_code == 422
    assert state(draft) == MailingState.DRAFT
    assert ProcrastinateJob.objects.count() == before


def test_sent_mailing_goes_on_in_the_worker_and_can_be_stopped(client, draft, django_capture_on_commit_callbacks):
    crowd(3)
    with django_capture_on_commit_callbacks(execute=True):
        press(client, draft, "send", sure="on")
    assert state(draft) == MailingState.SENDING
    assert AuditEntry.objects.get(action="send_mailing").count == 3
    go_on_with_mailings(sleep=lambda _: None)
    shown = page(client, draft)
    assert "fewer than 5" in shown
    assert "Send it" not in shown

    press(client, draft, "stop")
    assert state(draft) == MailingState.STOPPED
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}


def test_looking_sends_nothing(client, draft):
    for _ in range(3):
        client.get(reverse("mailings:show", args=[draft.pk]), {"verb": "send", "sure": "on"})

    assert state(draft) == MailingState.DRAFT


@pytest.mark.parametrize("verb", ["send", "delete"])
def test_what_is_on_its_way_is_not_sent_or_thrown_away_again(client, draft, verb):
    Mailing.objects.update(state=MailingState.SENT)
    press(client, draft, verb, sure="on")

    assert state(draft) == MailingState.SENT
    assert client.post(reverse("mailings:edit", args=[draft.pk]), {**TYPED, "subject": "Changed"}).status_code == 302
    draft.refresh_from_db()
    assert draft.subject == "This week"


def test_draft_can_be_thrown_away(client, draft):
    press(client, draft, "delete")

    assert not Mailing.objects.exists()


def test_segment_that_is_no_longer_understood_is_sent_to_nobody(client, draft):
    Mailing.objects.update(segment=Segment.objects.create(name="Old", criteria={"no_such_question": 1}))

    assert "no longer understands" in page(client, draft)
    press(client, draft, "send", sure="on")
    assert state(draft) == MailingState.DRAFT


def test_only_those_with_the_permission_come_here(client, draft):
    client.force_login(colleague("view_supporter", "change_supporter", "view_segment"))
    for address in (
        reverse("mailings:index"),
        reverse("mailings:write"),
        reverse("mailings:show", args=[draft.pk]),
        reverse("mailings:edit", args=[draft.pk]),
        reverse("mailings:html", args=[draft.pk]),
    ):
        assert client.get(address).status_code == 302
        assert client.post(address, {**TYPED, "verb": "send", "sure": "on"}).status_code == 302
    assert state(draft) == MailingState.DRAFT


@pytest.mark.parametrize("subject", ["News on sex work", "Our PETITION", "Vote PLEASE", "Come!", "From Parasol"])
def test_telling_subject_gets_advice(subject):
    assert advice_on(subject)


@pytest.mark.parametrize("subject", ["An update for you", "This week", "About Monday", "Essex meeting"])
def test_quiet_subject_gets_none(subject):
    assert advice_on(subject) == []


def test_what_has_all_left_cannot_be_stopped(client, draft):
    Mailing.objects.update(state=MailingState.SENT)

    assert "Stop what has not left" not in page(client, draft)
