"""Signatures on paper, entered by an organiser."""

import pytest
from django.urls import NoReverseMatch, reverse

from petitions.counting import count_new_signatures
from petitions.models import PaperSignatures, PetitionTotals
from supporters.models import AuditEntry
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import boss, colleague

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def petition():
    return PetitionPageFactory(title="Safe to report")


@pytest.fixture
def organiser(client):
    client.force_login(colleague("add_papersignatures", "view_papersignatures", "delete_papersignatures"))
    return client


def entered(client, petition, **changed):
    data = {"petition": petition.pk, "number": 120, "note": "March in Leeds, box 3 in the office", **changed}
    return client.post(reverse("paper_signatures:add"), data)


def test_a_batch_is_added_in_the_name_of_whoever_enters_it_and_counts(organiser, petition):
    assert entered(organiser, petition)["Location"] == reverse("paper_signatures:index")

    batch = PaperSignatures.objects.get()
    assert (batch.number, batch.note) == (120, "March in Leeds, box 3 in the office")
    assert batch.added_by.email == "colleague@example.org"
    count_new_signatures()
    assert PetitionTotals.objects.get(petition=petition).count == 120
    page = organiser.get(reverse("paper_signatures:index")).content.decode()
    assert "March in Leeds" in page
    assert "Robin" in page


@pytest.mark.parametrize(("field", "typed"), [("number", 0), ("number", -5), ("number", "many"), ("note", "")])
def test_a_batch_needs_a_number_and_where_the_sheets_are(organiser, petition, field, typed):
    response = entered(organiser, petition, **{field: typed})

    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors.get(field) or "one or more" in str(form.non_field_errors())
    assert not PaperSignatures.objects.exists()


def test_a_mistake_is_taken_back_and_the_audit_trail_keeps_it(organiser, petition):
    entered(organiser, petition)
    batch = PaperSignatures.objects.get()
    count_new_signatures()
    address = reverse("paper_signatures:delete", args=[batch.pk])

    asked = organiser.get(address).content.decode()
    assert "Safe to report" in asked
    assert PaperSignatures.objects.exists()
    organiser.post(address)

    assert not PaperSignatures.objects.exists()
    count_new_signatures()
    assert PetitionTotals.objects.get(petition=petition).count == 0
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.count, entry.actor.email) == ("remove_paper_signatures", 120, "colleague@example.org")
    assert entry.subject == "Safe to report (March in Leeds, box 3 in the office)"


def test_a_batch_cannot_be_edited_or_copied(client, petition):
    for act in ("edit", "copy", "history", "usage"):
        with pytest.raises(NoReverseMatch):
            reverse(f"paper_signatures:{act}", args=[1])
    # The list offers nothing that is not there, even to somebody who may do everything.
    client.force_login(boss())
    entered(client, petition)
    assert client.get(reverse("paper_signatures:index")).status_code == 200


def test_adding_alone_does_not_allow_taking_back(client, petition):
    client.force_login(colleague("add_papersignatures"))
    entered(client, petition)

    client.post(reverse("paper_signatures:delete", args=[PaperSignatures.objects.get().pk]))

    assert PaperSignatures.objects.exists()
