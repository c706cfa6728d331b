"""Every address of the site, as the resolver knows it."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils.regex_helper import normalize

# What is put in where an address wants a value and the row of a test names none.
SOME_VALUE: dict[str, str] = {
    "int": "999999",
    "uuid": str(uuid.UUID(int=7)),
    "letter": "20260101T000000.000000Z-000000000000",
}


@dataclass(frozen=True)
class Route:
    """One pattern: its full name, an example of its path, and its view."""

    name: str
    path: str
    view: Callable[..., Any]


def all_routes() -> list[Route]:
    return list(_walk(get_resolver(), path="/", namespaces=()))


def is_of_the_workspace(route: Route) -> bool:
    return route.path.startswith("/admin/")


def _walk(resolver: URLResolver, *, path: str, namespaces: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        here = path + _example(pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join([*namespaces, pattern.name or pattern.lookup_str])
            yield Route(name, here, pattern.callback)
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern, path=here, namespaces=inner)


def _example(pattern: URLPattern | URLResolver) -> str:
    shape = pattern.pattern
    text = str(shape)
    if isinstance(shape, RoutePattern):
        return re.sub(r"<(?:(\w+):)?\w+>", lambda match: SOME_VALUE.get(match[1] or "str", "1"), text)
    # Wagtail's few regular expressions.
    form, names = normalize(text)[0]
    return form % dict.fromkeys(names, SOME_VALUE["int"])
