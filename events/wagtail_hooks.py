"""What this app registers with the organisers' workspace."""

from wagtail import hooks

from events.admin.rooms import RoomViewSet


@hooks.register("register_admin_viewset")
def register_rooms() -> RoomViewSet:
    return RoomViewSet()
