"""What every response says besides its body: policies, languages, and files that browsers never run."""

import pytest
from django.test import Client
from wagtail.models import Site

from home.models import User
from tests.factories.petitions import PetitionPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ON_EVERYTHING = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@pytest.fixture
def petition():
    petition = PetitionPageFactory()
    site = Site.objects.get()
    site.root_page = petition.get_ancestors()[1]
    site.save()
    return petition


@pytest.fixture
def organiser():
    client = Client()
    client.force_login(User.objects.create_superuser("organiser@example.org", "a long enough password"))
    return client


def policy(response) -> dict[str, list[str]]:
    directives = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in directives}


@pytest.mark.parametrize(
    "path", ["/", "/no/such/page/", "/admin/login/", "/healthz", "/links/", "/static/css/base.css", "/admin/"]
)
def test_doors_nobody_uses_are_shut_on_every_response(client, petition, path):
    response = client.get(path)
    response.close()

    assert {name: response[name] for name in ON_EVERYTHING} == ON_EVERYTHING
    assert "camera=()" in response["Permissions-Policy"]
    assert "geolocation=()" in response["Permissions-Policy"]


def test_the_public_gets_nothing_but_our_own_files(client, petition):
    for path in ("/", petition.url, "/no/such/page/"):
        directives = policy(client.get(path))
        assert directives["default-src"] == ["'none'"]
        assert directives["script-src"] == directives["style-src"] == directives["form-action"] == ["'self'"]
        assert directives["frame-ancestors"] == directives["base-uri"] == ["'none'"]
        assert not any("'unsafe-inline'" in sources for sources in directives.values())


def test_the_workspace_may_run_what_wagtail_writes_into_its_pages_but_load_nothing_foreign(organiser):
    directives = policy(organiser.get("/admin/"))

    assert directives["script-src"] == ["'self'", "'unsafe-inline'"]
    assert directives["frame-ancestors"] == ["'none'"]
    allowed = {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
    assert {source for sources in directives.values() for source in sources} <= allowed


def test_a_preview_may_be_framed_by_the_workspace_alone(organiser, petition):
    preview = f"/admin/pages/{petition.pk}/view_draft/"
    framed = f"/admin/pages/{petition.pk}/edit/preview/"

    assert policy(organiser.get(preview))["frame-ancestors"] == ["'none'"]
    assert policy(organiser.get(framed))["frame-ancestors"] == ["'self'"]


def test_the_link_in_a_mail_sends_no_referrer(client):
    assert client.get("/links/some-token/")["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("accepts", ["", "ro", "pl,en;q=0.5"])
def test_one_address_speaks_one_language_whatever_the_browser_asks_for(client, petition, accepts):
    response = client.get("/", headers={"Accept-Language": accepts})

    assert response["Content-Language"] == "en"
    assert "Accept-Language" not in response.get("Vary", "")


def test_the_first_part_of_the_address_chooses_the_language(client, petition):
    assert client.get("/ro/no/such/page/")["Content-Language"] == "ro"
    assert client.get("/no/such/page/")["Content-Language"] == "en"


class TestUploadedFiles:
    @pytest.fixture(autouse=True)
    def folder(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "media"
        settings.MEDIA_ROOT.mkdir()
        (settings.MEDIA_ROOT / "picture.png").write_bytes(b"picture")
        (tmp_path / "secret.txt").write_text("secret")

    def test_are_public_for_an_hour_and_never_run(self, client):
        response = client.get("/media/picture.png")

        assert b"".join(response) == b"picture"
        assert response["Cache-Control"] == "public, max-age=3600"
        assert "sandbox" in response["Content-Security-Policy"]
        response.close()

    def test_are_not_sent_twice(self, client):
        first = client.get("/media/picture.png")
        first.close()
        again = client.get("/media/picture.png", headers={"If-Modified-Since": first["Last-Modified"]})

        assert again.status_code == 304
        assert again["Cache-Control"] == "public, max-age=3600"

    @pytest.mark.parametrize(
        ("path", "status"),
        [("../secret.txt", 400), ("%2e%2e/secret.txt", 400), ("none.png", 404), ("", 404), ("a" * 300, 404)],
    )
    def test_lead_nowhere_else(self, client, path, status):
        response = client.get(f"/media/{path}")

        assert response.status_code == status
        assert b"secret" not in response.content
