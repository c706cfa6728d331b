"""What every list of records in the workspace has in common, whatever the records are."""

from typing import Any, ClassVar

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet


class RecordIndexView(IndexView):
    """A list of records that Wagtail hands to nobody as a file."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # Wagtail would load every row for "?export=", although there is nothing to export here.
        self.is_export = False


class RecordViewSet(ModelViewSet):
    """Records without Wagtail's copying, history, usage and export, and without the views named in ``absent``.

    What may be registered as a permission is ``registered_permissions``, by codename.
    """

    absent: ClassVar[tuple[str, ...]] = ("add", "edit", "delete")
    registered_permissions: ClassVar[list[str]] = []
    copy_view_enabled = False
    add_to_reference_index = False
    list_export: ClassVar[list[str]] = []
    list_per_page = 50

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = dict.fromkeys(f"{view}_url_name" for view in (*self.absent, "history", "usage"))
        options: dict[str, Any] = super().get_common_view_kwargs(**{**absent, **kwargs})
        return options

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        permissions: QuerySet[Permission] = super().get_permissions_to_register()
        return permissions.filter(codename__in=self.registered_permissions)

    def register_admin_url_finder(self) -> None:
        """Nothing links to a record by itself."""
