"""Making an edition of the directory the current one."""

import hashlib
from collections.abc import Iterable
from typing import Final

from django.db import connection, transaction

from mp_contacts.models import PostcodeDirectory
from mp_contacts.postcodes.files import Directory, DirectoryBuilder
from mp_contacts.postcodes.serving import look_soon
from supporters.tasks import fill_in_seats_soon

KEPT: Final = 2
"""Editions in the database: the current one and the one before."""
LEAST_SHARE: Final = 0.5
"""Of the current edition's postcodes; a file with fewer is probably one area's, or was cut off."""
STORE_LOCK: Final = 7_205_011  # any number; it only has to differ from the project's other advisory locks


class ShrunkenDirectory(Exception):
    """The new edition knows so much less than the current one that it is not taken; the text says so."""


def store_directory(*, edition: str, pairs: Iterable[tuple[str, str]]) -> PostcodeDirectory:
    """Make ``pairs`` of postcode and ONS code the current edition, whatever was there before.

    What is no postcode is left out. Raises ContradictoryPostcode when one postcode is given two seats.
    """
    builder = DirectoryBuilder()
    for postcode, seat in pairs:
        builder.add(postcode, seat)
    content, postcodes = builder.content()
    return store_content(edition=edition, content=content, postcodes=postcodes, is_forced=True)


def store_content(*, edition: str, content: bytes, postcodes: int, is_forced: bool = False) -> PostcodeDirectory:
    """Make the file ``content`` current in one transaction: until it commits, every process serves the old edition.

    The worker then fills in the seats of people who were here before. Raises ShrunkenDirectory unless
    ``is_forced``, and DamagedDirectory for what is no whole directory.
    """
    Directory(content)
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [STORE_LOCK])
        current = PostcodeDirectory.objects.filter(is_current=True).defer("content").first()
        if current and not is_forced and postcodes < LEAST_SHARE * current.postcodes:
            raise ShrunkenDirectory(
                f"This edition knows {postcodes:,} postcodes, and the current one {current.postcodes:,}. "
                "It is not taken. Add --force if that is right."
            )
        if current is None or current.sha256 != sha256:
            PostcodeDirectory.objects.filter(is_current=True).update(is_current=False)
            current = PostcodeDirectory.objects.create(
                edition=edition, content=content, sha256=sha256, postcodes=postcodes, is_current=True
            )
            kept = PostcodeDirectory.objects.order_by("-pk").values("pk")[:KEPT]
            PostcodeDirectory.objects.exclude(pk__in=kept).delete()
        fill_in_seats_soon()
    look_soon()
    return current
