"""Pictures lose everything but what can be seen, before they are stored."""

import secrets
import warnings
from io import BytesIO

import pillow_heif
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from PIL import Image, ImageCms, ImageOps

pillow_heif.register_heif_opener()

LONGEST_SIDE = 2560  # pixels: twice the widest column we ever set, for sharp screens
MOST_PIXELS = 64_000_000  # a 64-megapixel telephone; past that a small file may fill the memory
UNREADABLE = "This file could not be read as a picture. Open it in an image editor and save it as JPEG or PNG."
FORMATS = ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"]


class CleanPicture(ContentFile):
    """A picture that has been through ``clean_picture`` and holds nothing but what can be seen."""


def clean_picture(upload: File) -> CleanPicture:
    """The picture in ``upload`` drawn afresh, under a random name.

    Only the pixels are carried over, so that EXIF (place, serial number, owner), XMP, IPTC, comments,
    thumbnails and anything hidden behind the picture stay behind; colours are brought to sRGB and the
    orientation is applied. Pictures without transparency become JPEG, others (and WebP) WebP, and PNG
    stays PNG. The longest side is at most ``LONGEST_SIDE`` pixels.

    Raises ``ValidationError`` with a sentence for the editor when the file is not a picture we can read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            upload.seek(0)
            picture = Image.open(upload, formats=FORMATS)
            _refuse_oversized(picture)
            kind = picture.format
            drawn = _pixels_only(picture)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except Exception as error:
        # Decoders raise anything at all on a broken file; whatever it was, the editor needs the same sentence.
        raise ValidationError(UNREADABLE, code="unreadable_picture") from error
    return _stored(drawn, kind)


def _refuse_oversized(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_large()


def _too_large() -> ValidationError:
    return ValidationError(
        f"This picture is too large. Make it smaller than {MOST_PIXELS // 1_000_000} million pixels.",
        code="oversized_picture",
    )


def _pixels_only(picture: Image.Image) -> Image.Image:
    # The profile is read before anything else: transposing and converting drop it.
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    has_alpha = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    mode = "RGBA" if has_alpha else "RGB"
    drawn = _to_srgb(upright, profile, mode)
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new(mode, drawn.size)
    clean.paste(drawn)
    return clean


def _to_srgb(picture: Image.Image, profile: bytes | None, mode: str) -> Image.Image:
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except ImageCms.PyCMSError:
            # A broken or unfitting profile is no reason to refuse the picture: its numbers are taken as sRGB.
            return picture.convert(mode)
        if converted is not None:
            return converted
    return picture.convert(mode)


def _stored(picture: Image.Image, kind: str | None) -> CleanPicture:
    output = BytesIO()
    if kind == "PNG":
        extension = "png"
        picture.save(output, "PNG", optimize=True)
    elif kind == "WEBP" or picture.mode == "RGBA":
        extension = "webp"
        picture.save(output, "WEBP", quality=86, method=4)
    else:
        extension = "jpg"
        picture.save(output, "JPEG", quality=88, optimize=True, progressive=True)
    # A file's name often says who took the picture, or of whom.
    return CleanPicture(output.getvalue(), name=f"{secrets.token_hex(12)}.{extension}")
