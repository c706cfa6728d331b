"""When a person is forgotten."""

from supporters.models import Action, Supporter


def forget_unconnected_supporters() -> int:
    """Delete people we have no reason to know: no action of theirs is left, and they never gave a consent.

    Withdrawing and the retention of each action leave such records behind; how many there were.
    """
    actions = [
        relation.name for relation in Supporter._meta.related_objects if issubclass(relation.related_model, Action)
    ]
    unconnected = {f"{name}__isnull": True for name in ("consents", *actions)}
    deleted, _ = Supporter.objects.filter(**unconnected).delete()
    return deleted
