"""The page on privacy promises nothing that no test stands behind, and keeps quiet about nothing that is kept."""

import ast
import re
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.test import Client
from django.utils.translation import gettext, override

from supporters.retention import retention_rule, retention_rules
from tests.factories.events import EventPageFactory
from tests.factories.mp_contacts import LetterPageFactory
from tests.factories.petitions import PetitionPageFactory, home_page
from tests.rules.privacy_proofs import BEYOND_US, PROOFS

pytestmark = pytest.mark.django_db

ROOT = Path(settings.BASE_DIR)
APPS = ("campaign_site", "home", "supporters", "petitions", "mp_contacts", "events")
LIMITS = {"limits-title", "complaint-title"}
END = re.compile(r"(?<=[.!?])\s+")


@pytest.fixture
def main() -> Tag:
    home_page()
    found = BeautifulSoup(Client().get("/your-privacy/").content, "html.parser").main
    assert found is not None
    return found


def sentences(part: Tag) -> list[str]:
    texts = [" ".join(element.get_text().split()) for element in part.select("p, li")]
    return [sentence for text in texts for sentence in END.split(text) if sentence]


def names_in(path: Path) -> set[str]:
    """Of the functions and classes that are defined in ``path``."""
    tree = ast.parse(path.read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def is_there(proof: str) -> bool:
    """Whether ``proof`` is a rule of retention, or a test that pytest would find."""
    if not proof.startswith("tests/"):
        return proof in {rule.name for rule in retention_rules()}
    file, *names = proof.split("::")
    return (ROOT / file).is_file() and names[-1].startswith("test_") and set(names) <= names_in(ROOT / file)


def test_every_promise_has_a_proof_that_is_there(main):
    said = sentences(main)

    assert len(said) > 40
    assert [sentence for sentence in said if sentence not in PROOFS and sentence not in BEYOND_US] == []
    assert set(PROOFS) - set(said) == set(), "Proven, and no longer promised."
    assert set(BEYOND_US) - set(said) == set()
    assert [proof for proofs in PROOFS.values() for proof in proofs if not is_there(proof)] == []
    assert not is_there("tests/rules/test_your_privacy.py::test_of_another_world")
    assert not is_there("supporters.for_ever")


def test_what_cannot_be_proven_is_said_among_the_limits_alone(main):
    for section in main.select("section"):
        if section["aria-labelledby"] not in LIMITS:
            assert set(sentences(section)) & set(BEYOND_US) == set()


def test_the_table_is_the_list_of_rules(main):
    rows = [[" ".join(cell.get_text().split()) for cell in row.select("th, td")] for row in main.select("tbody tr")]

    assert rows == [[rule.what, rule.until] for rule in retention_rules() if rule.fields]


@pytest.mark.parametrize("unsaid", [{"what": " ", "until": "tomorrow"}, {"what": "Your name", "until": ""}])
def test_a_rule_that_nobody_could_read_is_refused(unsaid):
    with pytest.raises(ValueError, match="plain words"):
        retention_rule("a.rule", fields=(), **unsaid)


def test_every_form_says_what_is_kept_and_leads_here():
    parent = PetitionPageFactory().get_parent().specific
    for page in (PetitionPageFactory(parent=parent), LetterPageFactory(parent=parent), EventPageFactory(parent=parent)):
        html = BeautifulSoup(Client().get(page.url).content, "html.parser")
        promise = html.select_one("details.promise")
        assert promise is not None, page
        assert page.controller in promise.get_text()
        assert promise.select_one('a[href="/your-privacy/"]') is not None
        assert html.select_one('footer a[href="/your-privacy/"]') is not None


def test_it_speaks_the_language_of_its_address_and_is_kept_by_caches():
    home_page()
    for path, language in (("/your-privacy/", "en"), ("/ro/your-privacy/", "ro"), ("/cy/leaving-quickly/", "cy")):
        answer = Client().get(path)
        assert answer.status_code == 200
        assert answer["Cache-Control"].startswith("public")
        html = answer.content.decode()
        assert f'<html lang="{language}"' in html
        with override(language):
            until = gettext("30 days after the event")
            assert until in unescape(html) or "leaving" in path
        prefix = "" if language == "en" else f"/{language}"
        assert f'href="{prefix}/your-privacy/"' in html


def test_nothing_of_ours_looks_at_who_visits_and_with_what():
    """One function reads the network's address, for the limits; nothing reads the device, or whence somebody came."""
    asked = re.compile(r"REMOTE_ADDR|HTTP_X_FORWARDED_FOR|HTTP_USER_AGENT|HTTP_REFERER|headers\[.(User-Agent|Referer)")
    files = [path for app in APPS for path in (ROOT / app).rglob("*.py") if asked.search(path.read_text())]

    assert [str(path.relative_to(ROOT)) for path in files] == ["supporters/networks.py"]
    assert not re.search(r"HTTP_USER_AGENT|HTTP_REFERER", files[0].read_text())
    assert "log_access" not in (ROOT / "campaign_site" / "serve.py").read_text()  # it is off unless it is asked for


def test_no_mail_loads_anything():
    loads = re.compile(r"<(img|link|script|iframe|video|audio|object|embed)\b|\bsrc=|url\(|background=|@import")
    mails = list((ROOT / "templates" / "emails").rglob("*.html"))

    assert len(mails) > 20
    assert [str(mail) for mail in mails if loads.search(mail.read_text())] == []
