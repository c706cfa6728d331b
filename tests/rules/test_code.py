"""What must not stand in the code at all, wherever it would go unnoticed."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ["campaign_site", "home", "supporters", "petitions", "mp_contacts", "events"]
SOURCES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# Text that skips escaping, and why what it holds is safe.
MARKED_SAFE: dict[str, str] = {
    "events/templatetags/event_tags.py": "JSON with every character escaped that could end its element",
    "home/templatetags/reading.py": "joins what the template engine has rendered already, and adds numbers and ids",
}


def files_with(pattern: str, files: list[Path]) -> set[str]:
    expression = re.compile(pattern)
    return {path.relative_to(ROOT).as_posix() for path in files if expression.search(path.read_text())}


def test_there_is_something_to_look_at():
    assert len(SOURCES) > 50
    assert len(TEMPLATES) > 20


def test_no_address_is_built_from_what_a_request_calls_us():
    """A forged Host header would put another site's address into our mails."""
    assert files_with(r"build_absolute_uri|get_current_site|USE_X_FORWARDED_HOST", SOURCES) == set()


def test_nothing_skips_escaping_without_a_listed_reason():
    assert files_with(r"mark_safe|SafeString\(|SafeText|\.__html__|html_safe", SOURCES) == set(MARKED_SAFE)
    assert files_with(r"\|\s*safe\b|\|\s*safeseq\b|{%\s*autoescape", TEMPLATES) == set()


def test_no_public_page_holds_a_token_of_one_visitor():
    """The workspace has tokens and sessions; a public page is kept by caches and shown to everybody."""
    public = [path for path in TEMPLATES if "admin" not in path.relative_to(ROOT / "templates").parts]

    assert files_with(r"csrf_token|csrf_input|request\.session|request\.user|\bmessages\b", public) == set()


@pytest.mark.parametrize(
    "pattern", [r"<style\b", r"\sstyle=", r"\son[a-z]+=", r"<script(?![^>]*\ssrc=)", r"javascript:"]
)
def test_no_page_needs_a_looser_policy(pattern):
    """The public policy allows neither inline scripts nor inline styles; mails have no policy."""
    pages = [path for path in TEMPLATES if "emails" not in path.relative_to(ROOT / "templates").parts]

    assert files_with(pattern, pages) == set()


def test_the_protection_by_token_is_lifted_in_one_place_only():
    assert files_with(r"csrf_exempt|requires_csrf_token|CsrfExempt", SOURCES) == {"supporters/same_origin.py"}
