"""When a person is forgotten: one list of rules, carried out every hour.

Each rule names the personal fields whose clock it is; a test holds the list against every personal field
there is. An app registers its own with `retention_rule`, beside the code that the data is for. What carries
them out is supporters.purging.

A rule may only write to the database, and delete files by supporters.private_files.delete_when_committed:
then it can be rehearsed, in a transaction that is rolled back.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from supporters.models import Action, Supporter


@dataclass(frozen=True)
class RetentionRule:
    """One clock: what is forgotten, when, and the function that does it.

    ``fields`` are labels such as ``supporters.Message.recipient``; ``what`` names what they hold and ``until``
    finishes the sentence "is kept until…", both in words for the public, which reads them as a table on
    /your-privacy/; ``forget`` returns how many rows it changed, and may be called again at any moment.
    """

    name: str
    fields: tuple[str, ...]
    what: str
    until: str
    forget: Callable[[], int]


_rules: dict[str, RetentionRule] = {}


def retention_rule(
    name: str, *, fields: tuple[str, ...], what: str, until: str
) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Register the decorated function as the rule ``name``; see RetentionRule.

    Raises ValueError for a name that is taken, and for a rule that the public could not read.
    """
    if not what.strip() or not until.strip():
        raise ValueError(f"Say in plain words what the rule {name!r} is about, and until when that is kept.")

    def register(forget: Callable[[], int]) -> Callable[[], int]:
        rule = RetentionRule(name=name, fields=fields, what=what, until=until, forget=forget)
        if _rules.setdefault(name, rule) is not rule:
            raise ValueError(f"Two rules of retention are named {name!r}.")
        return forget

    return register


def retention_rules() -> list[RetentionRule]:
    """Every rule, in the order they were registered: people go last, after what they did."""
    return sorted(_rules.values(), key=lambda rule: rule.name.startswith("supporters."))


def without_actions(supporters: QuerySet[Supporter]) -> QuerySet[Supporter]:
    """Those of ``supporters`` of whom no action is left on any page."""
    actions = [
        relation.name for relation in Supporter._meta.related_objects if issubclass(relation.related_model, Action)
    ]
    return supporters.filter(**{f"{name}__isnull": True for name in actions})
