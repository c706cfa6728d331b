"""A folder on this machine that only the site's own user can read."""

import os

from django.core.files import File
from django.core.files.storage import FileSystemStorage


class PrivateFolder(FileSystemStorage):
    """Files without an address, each readable by its owner alone from the first byte on."""

    def __init__(self, location: str | os.PathLike[str]) -> None:
        super().__init__(location=location, base_url=None)

    def _open(self, name: str, mode: str = "rb") -> File:
        path = self.path(name)
        if "w" in mode:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120  (Django's own paths are text)
        return File(open(path, mode, opener=_owner_only))

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no address.")


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
