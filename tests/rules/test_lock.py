"""The locks install everywhere the project says it runs, and say nothing about where they were made."""

import re
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parent.parent.parent
OLDEST_PYTHON = "3.11.0"
LOCKS = ("requirements.txt", "requirements-dev.txt")


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(), flags=re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_runs_on_the_oldest_python_we_promise(lock: str) -> None:
    too_new = [
        f"{name} {distribution(name).version}"
        for name in pins(lock)
        if not SpecifierSet(distribution(name).metadata["Requires-Python"] or "").contains(OLDEST_PYTHON)
    ]
    assert too_new == []


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_installed_is_what_is_locked(lock: str) -> None:
    other = {
        name: distribution(name).version
        for name, version in pins(lock).items()
        if distribution(name).version != version
    }
    assert other == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes_and_no_line_names_a_host_or_path(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()
    strange = [
        line
        for line in lines
        if not re.fullmatch(r"[\w.-]+==\S+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?|(# [\w ,.]+:)?", line)
    ]
    assert strange == []
    bare = [line for line, below in pairwise(lines) if "==" in line and "--hash" not in below]
    assert bare == []


def test_the_tools_are_locked_to_the_same_versions_as_the_site() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()
