"""What an organiser may do with people's data, each thing a permission of its own.

Asked in the view, and again by the job that does it: whoever loses a permission in between gets nothing.
"""

from typing import Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet

VIEW_SUPPORTERS: Final = "supporters.view_supporter"
CHANGE_SUPPORTERS: Final = "supporters.change_supporter"
EXPORT_SUPPORTERS: Final = "supporters.export_supporters"
EXPORT_SENSITIVE: Final = "supporters.export_sensitive_columns"
IMPORT_SUPPORTERS: Final = "supporters.import_supporters"
MERGE_SUPPORTERS: Final = "supporters.merge_supporters"
ERASE_SUPPORTERS: Final = "supporters.erase_supporters"
VIEW_AUDIT: Final = "supporters.view_auditentry"
VIEW_DELIVERY: Final = "supporters.view_delivery_health"
SEND_MAILINGS: Final = "supporters.send_mailings"


def holders_of(permission: str) -> "QuerySet[AbstractUser]":
    """Every active user with an address who has ``permission``, such as "app.codename", by whatever way."""
    app_label, _, codename = permission.partition(".")
    held = {"permissions__codename": codename, "permissions__content_type__app_label": app_label}
    by_group = Q(**{f"groups__{lookup}": value for lookup, value in held.items()})
    by_hand = Q(**{f"user_{lookup}": value for lookup, value in held.items()})
    users: QuerySet[AbstractUser] = get_user_model()._default_manager.filter(is_active=True)
    return users.filter(by_group | by_hand | Q(is_superuser=True)).exclude(email="").order_by("pk").distinct()
