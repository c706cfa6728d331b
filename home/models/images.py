"""Pictures, cleaned on their way in."""

from typing import Any, ClassVar

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition

from home.pictures import CleanPicture, clean_picture


class ParasolImage(AbstractImage):
    """A picture without any hidden data. Its ``description`` is the alternative text."""

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "file",
        "description",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        # Stands above the form that uploads one; the platform's name would tell nobody what to do.
        verbose_name = "image"
        verbose_name_plural = "images"

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Every way in (upload form, chooser, API, command) ends here, and nothing else does:
        # a form or a view would leave the other doors open, and a photograph says where it was taken.
        given: Any = self.file  # type: ignore[has-type]
        if given and not given._committed and not isinstance(given.file, CleanPicture):
            self.file = clean_picture(given)
            self._set_image_file_metadata()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "width", "height", "file_size", "file_hash"}
        super().save(*args, **kwargs)


class ParasolRendition(AbstractRendition):
    """A size or crop of a picture, made when first asked for."""

    image = models.ForeignKey(ParasolImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="home_rendition_once_per_filter"
            ),
        ]
