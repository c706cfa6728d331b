"""The workspace's own ways of uploading a picture, through HTTP."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from home.models import ParasolImage, User
from tests.home.pictures import CANARY, photograph

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def organiser_client(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("organiser@example.org", "a long enough sentence"))
    return client


def test_many_at_once(organiser_client: Client) -> None:
    answer = upload_one_of_many(organiser_client, photograph("jpg"))
    assert answer["success"], answer
    assert_one_clean_picture()


def test_a_broken_one_among_many_is_refused_in_words(organiser_client: Client) -> None:
    whole = photograph("jpg").read()
    answer = upload_one_of_many(organiser_client, SimpleUploadedFile("half.jpg", whole[: len(whole) // 2]))
    assert not answer["success"]
    assert "could not be read as a picture" in str(answer["error_message"])
    assert not ParasolImage.objects.exists()


def test_inside_the_page_editor(organiser_client: Client) -> None:
    answer = organiser_client.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "March",
            "image-chooser-upload-file": photograph("heic"),
            **in_root("image-chooser-upload-"),
        },
    )
    assert answer.status_code == 200
    assert_one_clean_picture()


def test_a_broken_one_inside_the_page_editor_is_refused_in_words(organiser_client: Client) -> None:
    whole = photograph("png").read()
    answer = organiser_client.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "March",
            "image-chooser-upload-file": SimpleUploadedFile("half.png", whole[: len(whole) // 2]),
            **in_root("image-chooser-upload-"),
        },
    )
    assert "could not be read as a picture" in answer.content.decode()
    assert not ParasolImage.objects.exists()


def upload_one_of_many(client: Client, upload: SimpleUploadedFile) -> dict[str, object]:
    return client.post(reverse("wagtailimages:add_multiple"), {"title": "March", "files[]": upload, **in_root()}).json()


def in_root(prefix: str = "") -> dict[str, int]:
    return {f"{prefix}collection": Collection.get_first_root_node().pk}


def assert_one_clean_picture() -> None:
    image = ParasolImage.objects.get()
    with image.file.storage.open(image.file.name) as stored:
        assert CANARY not in stored.read()
    assert "CANARY" not in image.file.name
