"""Organisers who ask for exports."""

import pytest
from django.test import Client
from django.urls import reverse

from supporters.models import ExportJob
from tests.petitions.organisers import colleague
from tests.supporters.crowd_of_supporters import answers, person, stops

ASKED = {"file_format": "csv", "cell_mode": "machine", "purpose": "Moving house"}


def signed_in(*codenames: str, email: str = "colleague@example.org") -> Client:
    client = Client()
    client.force_login(colleague(*codenames, email=email))
    return client


@pytest.fixture
def officer():
    return signed_in("export_supporters")


@pytest.fixture
def crowd():
    """Two who agreed, one of them stopped since; one who took it back; one who was never asked."""
    people = [person(number, name=f"Person {number}") for number in range(4)]
    answers(people[0], "given")
    answers(people[1], "given")
    stops(people[1])
    answers(people[2], "withdrawn")
    return people


def ask(client: Client, preset: str = "mailchimp", **changes: object):
    data = {**ASKED, "step": "confirm", **changes}
    return client.post(
        reverse("exports:ask", args=[preset]), {name: value for name, value in data.items() if value is not None}
    )


def job_of(response) -> ExportJob:
    assert response.status_code == 302, response.context["form"].errors
    return ExportJob.objects.get(pk=response.url.rstrip("/").rsplit("/", 1)[-1])
