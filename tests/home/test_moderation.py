"""Editors hand in, moderators publish: Wagtail's own workflow, as it stands on a new site."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.models import StandardPage
from tests.factories.petitions import home_page
from tests.petitions.organisers import member_of

# Wagtail's own template reads an icon's name that is only sometimes there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def page_form(words: str) -> dict[str, str]:
    return nested_form_data(
        {
            "title": "How we work",
            "slug": "how-we-work",
            "lead": "",
            "body": streamfield([("paragraph", rich_text(words))]),
            "footnotes": inline_formset([]),
            "comments": inline_formset([]),
        }
    )


def test_an_editor_hands_in_and_a_moderator_publishes(client: Client) -> None:
    add = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home_page().pk])
    client.force_login(member_of("Editors"))

    client.post(add, page_form("<p>We meet on Tuesdays.</p>") | {"action-publish": "1"})
    page = StandardPage.objects.get()
    assert not page.live, "An editor published without a moderator."

    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    broken = page_form('<p><a href="https://example.org/">Read</a></p>')
    refused = client.post(edit, broken | {"action-submit": "1"})
    assert "leads to example.org" in refused.content.decode()
    assert page.current_workflow_state is None

    client.post(edit, page_form("<p>We meet on Tuesdays.</p>") | {"action-submit": "1"})
    task_state = page.current_workflow_task_state
    assert task_state
    assert client.get("/how-we-work/").status_code == 404

    client.force_login(member_of("Moderators"))
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task_state.pk]))
    page.refresh_from_db()
    assert page.live
    assert "We meet on Tuesdays." in client.get("/how-we-work/").content.decode()
