"""Which people go into a file, as a condition in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from supporters.segments import supporters_in

Condition = tuple[str, list[Any]]

# Whoever said no to everything by asking us to stop has answered too.
HAS_ANSWERED: Final = """
AND (EXISTS (SELECT FROM supporters_currentconsent answered WHERE answered.supporter_id = s.id)
     OR EXISTS (SELECT FROM supporters_suppression stopped WHERE stopped.email_key = s.email_key))
"""


@dataclass(frozen=True)
class Choice:
    """The people who meet ``criteria``; those who were never asked anything only where ``with_never_asked``.

    Records that were merged into another are never among them.
    """

    criteria: Mapping[str, Any]
    with_never_asked: bool

    def condition(self) -> Condition:
        """What has to hold for a row ``s`` of the supporters' table."""
        condition, params = "s.merged_into_id IS NULL", []
        if self.criteria:
            query = supporters_in(self.criteria).order_by().values("pk").query
            chosen, found = query.get_compiler(connection=connection).as_sql()
            condition, params = f"{condition} AND s.id IN ({chosen})", list(found)
        return (condition if self.with_never_asked else condition + HAS_ANSWERED), params
