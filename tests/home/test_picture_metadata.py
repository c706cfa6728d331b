"""A photograph says where it was taken and by whom. Ours say nothing."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from home import pictures
from home.models import ParasolImage
from tests.home.pictures import CANARY, drawing, photograph

pytestmark = pytest.mark.django_db

FORMATS = ["jpg", "png", "webp", "heic"]


def stored_bytes(file: Any) -> bytes:
    with file.storage.open(file.name) as stored:
        return stored.read()


def assert_says_nothing(data: bytes) -> None:
    assert CANARY not in data
    picture = Image.open(BytesIO(data))
    assert not dict(picture.getexif())
    assert not {"exif", "xmp", "photoshop", "comment", "XML:com.adobe.xmp", "Author"} & set(picture.info)


@pytest.mark.parametrize("extension", FORMATS)
def test_the_photograph_made_for_this_test_does_give_its_owner_away(extension: str) -> None:
    upload = photograph(extension)
    assert CANARY in upload.read()
    upload.seek(0)
    assert Image.open(upload).getexif().get_ifd(0x8825)


@pytest.mark.parametrize("extension", FORMATS)
def test_nothing_hidden_is_stored_whoever_saves_the_picture(extension: str) -> None:
    image = ParasolImage(title="March", file=photograph(extension))
    image.save()
    assert_says_nothing(stored_bytes(image.file))
    assert "CANARY" not in str(image.file.name)


@pytest.mark.parametrize("extension", FORMATS)
def test_nothing_hidden_is_in_a_rendition(extension: str) -> None:
    image = ParasolImage.objects.create(title="March", file=photograph(extension))
    for spec in ("width-80", "original", "fill-40x40"):
        assert_says_nothing(stored_bytes(image.get_rendition(spec).file))


@pytest.mark.parametrize("extension", FORMATS)
def test_the_upload_form_cleans_too(extension: str) -> None:
    form = upload_form(photograph(extension))
    assert form.is_valid(), form.errors
    image = form.save()
    assert_says_nothing(stored_bytes(image.file))
    assert image.file_size == len(stored_bytes(image.file))
    assert len(image.file_hash) == 40


def test_a_picture_replaced_on_an_old_record_is_cleaned() -> None:
    image = ParasolImage.objects.create(title="March", file=photograph("png"))
    image.file = photograph("jpg")
    image.save()
    assert_says_nothing(stored_bytes(image.file))
    assert image.file.name.endswith(".jpg")


def test_saving_again_without_a_new_file_leaves_the_file_alone() -> None:
    image = ParasolImage.objects.create(title="March", file=photograph("jpg"))
    before = image.file.name, stored_bytes(image.file)
    again = ParasolImage.objects.get(pk=image.pk)
    again.title = "May"
    again.save()
    assert (again.file.name, stored_bytes(again.file)) == before


@pytest.mark.parametrize("extension", ["jpg", "png", "webp"])
def test_a_picture_taken_sideways_is_turned_upright(extension: str) -> None:
    image = ParasolImage.objects.create(title="March", file=photograph(extension, orientation=6))
    assert (image.width, image.height) == (120, 160)
    upright = Image.open(BytesIO(stored_bytes(image.file))).convert("RGB")
    red, green, _blue = pixel(upright, 115, 5)
    assert red > 200
    assert green < 80


def test_heic_becomes_jpeg() -> None:
    image = ParasolImage.objects.create(title="March", file=photograph("heic"))
    assert image.file.name.endswith(".jpg")
    assert Image.open(BytesIO(stored_bytes(image.file))).format == "JPEG"


def test_transparency_is_kept() -> None:
    output = BytesIO()
    drawing(mode="RGBA").save(output, "PNG")
    image = ParasolImage.objects.create(title="Logo", file=ContentFile(output.getvalue(), name="logo.png"))
    drawn = Image.open(BytesIO(stored_bytes(image.file))).convert("RGBA")
    assert pixel(drawn, 150, 110)[3] == 0


def test_a_huge_picture_is_made_smaller() -> None:
    image = ParasolImage.objects.create(title="March", file=photograph("jpg", size=(4000, 1000)))
    assert (image.width, image.height) == (2560, 640)


def test_two_uploads_of_one_name_get_different_names_that_say_nothing() -> None:
    first = ParasolImage.objects.create(title="March", file=photograph("jpg"))
    second = ParasolImage.objects.create(title="March", file=photograph("jpg"))
    assert first.file.name != second.file.name


def test_half_a_file_gives_a_clear_form_error() -> None:
    whole = photograph("jpg").read()
    form = upload_form(SimpleUploadedFile("half.jpg", whole[: len(whole) // 2]))
    assert not form.is_valid()
    assert "could not be read as a picture" in str(form.errors["file"])


def test_a_bomb_gives_a_clear_form_error(monkeypatch: pytest.MonkeyPatch) -> None:
    # The real limit needs a picture that would slow the whole suite down; the rule is the same for a small one.
    monkeypatch.setattr(pictures, "MOST_PIXELS", 10_000)
    form = upload_form(photograph("png"))
    assert not form.is_valid()
    assert "too large" in str(form.errors["file"])


def test_a_small_file_of_a_hundred_million_pixels_is_refused() -> None:
    output = BytesIO()
    Image.new("1", (12_000, 9_000)).save(output, "PNG", optimize=True)
    assert len(output.getvalue()) < 100_000
    with pytest.raises(ValidationError, match="too large"):
        pictures.clean_picture(ContentFile(output.getvalue(), name="bomb.png"))


@pytest.mark.parametrize("name", ["logo.svg", "page.html", "picture.gif"])
def test_other_kinds_of_file_are_refused(name: str) -> None:
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>'
    form = upload_form(SimpleUploadedFile(name, drawn))
    assert not form.is_valid()
    with pytest.raises(ValidationError, match="could not be read"):
        ParasolImage(title="March", file=SimpleUploadedFile(name, drawn)).save()


def pixel(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    value = picture.getpixel((x, y))
    assert isinstance(value, tuple)
    return value


def upload_form(upload: SimpleUploadedFile) -> Any:
    form_class = get_image_form(ParasolImage)
    data = {"title": "March", "description": "Umbrellas.", "collection": Collection.get_first_root_node().pk}
    return form_class(data, {"file": upload}, instance=ParasolImage())
