"""`.env.example` explains every variable that the code reads, and no other."""

import ast
import re
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
READERS = ("settings.py", "serve.py", "run.py")
INTERNAL = {"STOP_WITH_PID"}
"""Handed from `make` to the supervisor; nobody sets it."""


def variables_read() -> set[str]:
    """Names in `env.str("NAME")` and the like, and in the settings' own `_secret("NAME", …)`."""
    names: set[str] = set()
    for reader in READERS:
        for node in ast.walk(ast.parse((ROOT / "campaign_site" / reader).read_text())):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                function = node.func
                from_environment = (
                    isinstance(function, ast.Attribute)
                    and isinstance(function.value, ast.Name)
                    and function.value.id == "env"
                    and function.attr != "read_env"
                ) or (isinstance(function, ast.Name) and function.id == "_secret")
                if from_environment:
                    names.add(str(node.args[0].value))
    return names - INTERNAL


def variables_explained() -> dict[str, str]:
    """Each variable with the line above it."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = pairwise(lines)
    return {match[1]: above for above, line in pairs if (match := re.match(r"#([A-Z_]+)=", line))}


def test_every_variable_read_is_in_the_example_and_no_other() -> None:
    assert variables_read() == set(variables_explained())


def test_every_variable_has_a_line_of_explanation() -> None:
    bare = [name for name, above in variables_explained().items() if not re.match(r"# [^-].{10,}", above)]
    assert bare == []


def test_what_the_settings_parsed_was_found_in_their_source() -> None:
    from campaign_site.settings import env

    assert set(env.dump()) <= variables_read()


def test_nothing_else_reads_the_environment() -> None:
    allowed = {ROOT / "campaign_site" / name for name in (*READERS, "processes.py", "supervision.py", "wsgi.py")}
    readers = [
        path.relative_to(ROOT)
        for app in ("campaign_site", "events", "home", "mp_contacts", "petitions", "supporters")
        for path in (ROOT / app).rglob("*.py")
        if path not in allowed and re.search(r"\bos\.(environ|getenv)\b", path.read_text())
    ]
    assert readers == []
