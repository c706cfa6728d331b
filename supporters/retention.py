"""When a person is forgotten."""

from django.db.models import QuerySet

from supporters.models import Action, Supporter


def forget_unconnected_supporters() -> int:
    """Delete people we have no reason to know: no action of theirs is left, and they never gave a consent.

    The retention of each action leaves such records behind; how many there were.
    """
    deleted, _ = without_actions(Supporter.objects.filter(consents=None)).delete()
    return deleted


def without_actions(supporters: QuerySet[Supporter]) -> QuerySet[Supporter]:
    """Those of ``supporters`` of whom no action is left on any page."""
    actions = [
        relation.name for relation in Supporter._meta.related_objects if issubclass(relation.related_model, Action)
    ]
    return supporters.filter(**{f"{name}__isnull": True for name in actions})
