"""Saved choices of supporters."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from supporters.models import Segment
from supporters.segments import validate


@transaction.atomic
def save_segment(*, segment: Segment, by: AbstractBaseUser) -> Segment:
    """Keep ``segment``, whose criteria must all be understood: one that is not would silently choose more people.

    Raises supporters.segments.WrongCriteria. Who first made it stays on record.
    """
    validate(segment.criteria)
    if segment.created_by_id is None:
        segment.created_by_id = by.pk
    segment.save()
    return segment
