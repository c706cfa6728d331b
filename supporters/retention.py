"""When a person is forgotten: one list of rules, carried out every hour.

Each rule names the personal fields whose clock it is; a test holds the list against every personal field
there is. An app registers its own with `retention_rule`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from supporters.models import Action, Supporter


@dataclass(frozen=True)
class RetentionRule:
    """One clock: what is forgotten, when, and the function that does it.

    ``fields`` are labels such as ``supporters.Message.recipient``; ``until`` finishes the sentence "is
    kept until…" in words for the public; ``forget`` returns how many rows it changed, and may be called
    again at any moment.
    """

    name: str
    fields: tuple[str, ...]
    until: str
    forget: Callable[[], int]


_rules: dict[str, RetentionRule] = {}


def retention_rule(
    name: str, *, fields: tuple[str, ...], until: str
) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Register the decorated function as the rule ``name``; see RetentionRule."""

    def register(forget: Callable[[], int]) -> Callable[[], int]:
        rule = RetentionRule(name=name, fields=fields, until=until, forget=forget)
        if _rules.setdefault(name, rule) is not rule:
            raise ValueError(f"Two rules of retention are named {name!r}.")
        return forget

    return register


def retention_rules() -> list[RetentionRule]:
    """Every rule, in the order they were registered: people go last, after what they did."""
    return sorted(_rules.values(), key=lambda rule: rule.name.startswith("supporters."))


def forget_unconnected_supporters() -> int:
    """Delete people we have no reason to know: no action of theirs is left, and they never gave a consent.

    Whom an import brought in stays while it can be undone: within that time their consent can be written down.
    The retention of each action leaves such records behind; how many there were.
    """
    deleted, _ = without_actions(Supporter.objects.filter(consents=None, import_changes=None)).delete()
    return deleted


def without_actions(supporters: QuerySet[Supporter]) -> QuerySet[Supporter]:
    """Those of ``supporters`` of whom no action is left on any page."""
    actions = [
        relation.name for relation in Supporter._meta.related_objects if issubclass(relation.related_model, Action)
    ]
    return supporters.filter(**{f"{name}__isnull": True for name in actions})
