"""Photographs made in the tests, carrying everything a telephone hides in them."""

from io import BytesIO

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageDraw, PngImagePlugin

OWNER = "CANARY Owner Name"
SERIAL = "CANARY-SERIAL-4711"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><CANARY>51.5007N</CANARY></x:xmpmeta>'
CANARY = b"CANARY"


def drawing(size: tuple[int, int] = (160, 120), mode: str = "RGB") -> Image.Image:
    """A red triangle in the upper left corner, so that turning it shows."""
    picture = Image.new(mode, size, "white" if mode == "RGB" else (0, 0, 0, 0))
    ImageDraw.Draw(picture).polygon([(0, 0), (size[0] // 2, 0), (0, size[1] // 2)], fill="red")
    return picture


def exif(orientation: int = 1) -> Image.Exif:
    """Where, whose, which camera."""
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    tags[ExifTags.Base.Artist] = OWNER
    tags[ExifTags.Base.Copyright] = OWNER
    place = tags.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = (51.0, 30.0, 2.5)
    place[ExifTags.GPS.GPSLongitudeRef] = "W"
    place[ExifTags.GPS.GPSLongitude] = (0.0, 7.0, 28.6)
    camera = tags.get_ifd(ExifTags.IFD.Exif)
    camera[ExifTags.Base.BodySerialNumber] = SERIAL
    camera[ExifTags.Base.CameraOwnerName] = OWNER
    return tags


def photograph(extension: str, *, size: tuple[int, int] = (160, 120), orientation: int = 1) -> SimpleUploadedFile:
    """An upload called after its owner, in the format of ``extension``, with all of the above inside."""
    picture, tags, output = drawing(size), exif(orientation), BytesIO()
    if extension == "jpg":
        picture.save(output, "JPEG", exif=tags, xmp=XMP, comment=b"CANARY comment")
    elif extension == "png":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", OWNER)
        notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
        picture.save(output, "PNG", exif=tags, pnginfo=notes)
    elif extension == "webp":
        picture.save(output, "WEBP", exif=tags, xmp=XMP)
    else:
        pillow_heif.from_pillow(picture).save(output, exif=tags.tobytes(), xmp=XMP, quality=80)
    return SimpleUploadedFile(f"CANARY-jane-doe-at-home.{extension}", output.getvalue())
