"""Taking a list out: asked for with a reason, looked at once more, made by the worker, fetched once and gone."""

import io
import zipfile
from html.parser import HTMLParser

import pyrage
import pytest
from django.test import Client
from django.urls import reverse

from supporters.exports.running import run_export
from supporters.models import AuditEntry, ExportJob, ExportState, Segment
from tests.petitions.organisers import colleague
from tests.supporters.crowd_of_supporters import answers, person, stops

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ASKED = {"file_format": "csv", "cell_mode": "machine", "purpose": "Moving house"}
# Its file is written on a connection of its own, which sees only what has been committed.
committed = pytest.mark.django_db(transaction=True)


def signed_in(*codenames: str, email: str = "colleague@example.org") -> Client:
    client = Client()
    client.force_login(colleague(*codenames, email=email))
    return client


@pytest.fixture
def officer():
    return signed_in("export_supporters")


@pytest.fixture
def crowd():
    """Two who agreed, one of them stopped since; one who took it back; one who was never asked."""
    people = [person(number, name=f"Person {number}") for number in range(4)]
    answers(people[0], "given")
    answers(people[1], "given")
    stops(people[1])
    answers(people[2], "withdrawn")
    return people


def ask(client: Client, preset: str = "mailchimp", **changes: object):
    data = {**ASKED, "step": "confirm", **changes}
    return client.post(
        reverse("exports:ask", args=[preset]), {name: value for name, value in data.items() if value is not None}
    )


def job_of(response) -> ExportJob:
    assert response.status_code == 302, response.context["form"].errors
    return ExportJob.objects.get(pk=response.url.rstrip("/").rsplit("/", 1)[-1])


def test_every_preset_says_what_it_loses_before_anything_is_asked(officer):
    page = officer.get(reverse("exports:choose"))

    names = [preset.name for preset in page.context["presets"]]
    assert names[0] == "complete"
    assert {"civicrm", "action-network", "mailchimp", "nationbuilder", "listmonk", "mautic"} <= set(names)
    text = page.content.decode()
    for preset in page.context["presets"]:
        for sentence in preset.loses:
            assert sentence.split(":")[0].split("“")[0] in text or sentence[:20] in text
    assert "Nothing is lost." in text
    form_page = officer.get(reverse("exports:ask", args=["mailchimp"])).content.decode()
    assert "Mailchimp keeps no consents" in form_page


def test_purpose_is_required(officer):
    response = ask(officer, purpose="  ")

    assert response.status_code == 422
    assert "Say what the export is for." in response.content.decode()
    assert not ExportJob.objects.exists()


def test_format_is_one_of_the_presets_own(officer):
    assert ask(officer, "mailchimp", file_format="xlsx").status_code == 422
    assert job_of(ask(officer, "complete", file_format="xlsx")).file_format == "xlsx"


def test_figures_are_shown_before_anything_is_made(officer, crowd):
    response = ask(officer, step="look")

    figures = response.context["figures"]
    assert (figures.chosen, figures.people, figures.agreed) == (4, 3, 1)
    assert (figures.did_not_agree, figures.left_out) == (2, 1)
    page = response.content.decode()
    assert "1 is left out: they never answered" in page
    assert "Moving house" in page
    assert not ExportJob.objects.exists()


def test_complete_files_leave_nobody_out(officer, crowd):
    figures = ask(officer, "complete", step="look").context["figures"]

    assert (figures.chosen, figures.people, figures.left_out, figures.never_asked) == (4, 4, 0, 1)


def test_figures_are_those_of_the_segment(officer, crowd):
    segment = Segment.objects.create(name="Refused", criteria={"consents": {"updates": "withdrawn"}})

    response = ask(officer, step="look", segment=str(segment.pk))

    assert response.context["figures"].people == 1
    assert "Refused" in response.content.decode()


def test_looking_and_changing_ones_mind_keep_what_was_typed(officer):
    response = ask(officer, step="change", purpose="A reason")

    assert response.status_code == 200
    assert response.context["form"]["purpose"].value() == "A reason"
    assert not ExportJob.objects.exists()


class HiddenFields(HTMLParser):
    """What a page posts when its button is pressed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.posted: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.posted[given["name"] or ""] = given.get("value") or ""


def test_what_is_confirmed_is_what_was_looked_at(officer):
    segment = Segment.objects.create(name="All", criteria={})
    key = str(pyrage.x25519.Identity.generate().to_public())
    page = ask(officer, step="look", segment=str(segment.pk), age_recipient=key).content.decode()
    posted = HiddenFields(page).posted

    job = job_of(officer.post(reverse("exports:ask", args=["mailchimp"]), {**posted, "step": "confirm"}))

    assert (job.purpose, job.preset, job.cell_mode, job.segment) == ("Moving house", "mailchimp", "machine", segment)
    assert job.age_recipient == key
    assert job.with_sensitive is False


def test_sensitive_columns_are_offered_to_those_with_the_right_alone(officer):
    assert "with_sensitive" not in officer.get(reverse("exports:ask", args=["mailchimp"])).context["form"].fields
    assert job_of(ask(officer, with_sensitive="on")).with_sensitive is False

    trusted = signed_in("export_supporters", "export_sensitive_columns", email="trusted@example.org")
    assert "with_sensitive" in trusted.get(reverse("exports:ask", args=["mailchimp"])).context["form"].fields
    assert job_of(ask(trusted, with_sensitive="on")).with_sensitive is True
    assert job_of(ask(trusted)).with_sensitive is False


def test_age_key_is_checked_and_a_secret_one_never_kept(officer):
    identity = pyrage.x25519.Identity.generate()

    wrong = ask(officer, age_recipient="age1nonsense")
    assert wrong.status_code == 422
    secret = ask(officer, age_recipient=str(identity))
    assert secret.status_code == 422
    assert "secret key" in secret.content.decode()
    assert not ExportJob.objects.exists()

    assert job_of(ask(officer, age_recipient=f" {identity.to_public()} ")).age_recipient == str(identity.to_public())


def test_segment_that_is_not_understood_cannot_be_exported(officer):
    segment = Segment.objects.create(name="Old", criteria={"did": ["lottery"]})

    response = ask(officer, segment=str(segment.pk))

    assert response.status_code == 422
    assert "no longer understands" in response.content.decode()


def test_asking_is_on_record(officer):
    job = job_of(ask(officer))

    entry = AuditEntry.objects.get()
    assert entry.purpose == "Moving house"
    assert str(job) in entry.subject


def test_unknown_preset_is_not_there(officer):
    assert officer.get(reverse("exports:ask", args=["lottery"])).status_code == 404


@committed
def test_file_is_fetched_once_and_gone(officer, crowd):
    job = job_of(ask(officer))
    waiting = officer.get(reverse("exports:job", args=[job.pk])).content.decode()
    assert "Waiting for the worker" in waiting
    assert "Reload" in waiting
    assert "http-equiv" not in waiting

    run_export(job.pk)
    page = officer.get(reverse("exports:job", args=[job.pk])).content.decode()
    assert "Download" in page
    response = officer.post(reverse("exports:take", args=[job.pk]))

    body = b"".join(response.streaming_content)
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert "mailchimp" in response["Content-Disposition"] or "export" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert int(response["Content-Length"]) == len(body)
    names = zipfile.ZipFile(io.BytesIO(body)).namelist()
    assert any("subscribed" in name for name in names)

    job.refresh_from_db()
    assert job.state == ExportState.TAKEN
    page = officer.get(reverse("exports:job", args=[job.pk])).content.decode()
    assert "The file is gone." in page
    assert 'name="csrfmiddlewaretoken"' not in page.split("exports/")[-1]
    again = officer.post(reverse("exports:take", args=[job.pk]), follow=True)
    assert "no file to fetch any more" in again.content.decode()


@committed
def test_nobody_but_who_asked_can_fetch(officer, crowd):
    job = job_of(ask(officer))
    run_export(job.pk)
    watcher = signed_in("export_supporters", "view_auditentry", email="watcher@example.org")
    rival = signed_in("export_supporters", email="rival@example.org")

    page = watcher.get(reverse("exports:job", args=[job.pk])).content.decode()
    assert "Whoever asked for it can fetch it" in page
    assert reverse("exports:take", args=[job.pk]) not in page
    assert watcher.post(reverse("exports:take", args=[job.pk])).status_code == 302
    assert rival.get(reverse("exports:job", args=[job.pk])).status_code == 404
    assert rival.post(reverse("exports:take", args=[job.pk])).status_code == 404
    job.refresh_from_db()
    assert job.state == ExportState.READY


@committed
def test_permission_is_asked_again_at_the_download(officer, crowd):
    job = job_of(ask(officer))
    run_export(job.pk)
    job.requested_by.user_permissions.clear()
    job.requested_by.user_permissions.add(
        *type(job.requested_by.user_permissions.model.objects.first()).objects.filter(codename="access_admin")
    )

    assert officer.post(reverse("exports:take", args=[job.pk])).status_code == 302
    job.refresh_from_db()
    assert job.state == ExportState.READY


def test_get_changes_nothing(officer):
    job = job_of(ask(officer))
    before = ExportJob.objects.values().get()
    entries = AuditEntry.objects.count()

    for name in ("exports:job", "exports:progress"):
        assert officer.get(reverse(name, args=[job.pk])).status_code == 200
    assert officer.get(reverse("exports:take", args=[job.pk])).status_code == 405
    for url in (reverse("exports:index"), reverse("exports:choose"), reverse("exports:ask", args=["complete"])):
        assert officer.get(url, {"step": "confirm", **ASKED}).status_code == 200

    assert ExportJob.objects.values().get() == before
    assert AuditEntry.objects.count() == entries


def test_progress_is_told_as_json(officer):
    job = job_of(ask(officer))
    ExportJob.objects.update(state=ExportState.RUNNING, rows_total=2000, rows_done=500)

    progress = officer.get(reverse("exports:progress", args=[job.pk])).json()
    assert progress == {
        "state": "Being written", "is_over": False, "done": 500, "total": 2000, "rows": "500 of 2,000",
    }  # fmt: skip
    ExportJob.objects.update(state=ExportState.FAILED, problem="The disk is full.")
    assert officer.get(reverse("exports:progress", args=[job.pk])).json()["is_over"] is True
    assert "The disk is full." in officer.get(reverse("exports:job", args=[job.pk])).content.decode()


def test_list_shows_ones_own_and_everybodys_to_those_who_watch(officer):
    ask(officer, purpose="Mine")
    ask(signed_in("export_supporters", email="rival@example.org"), purpose="Theirs")

    mine = officer.get(reverse("exports:index")).content.decode()
    assert "Mine" in mine
    assert "Theirs" not in mine

    all_of_them = signed_in("view_auditentry", email="watcher@example.org").get(reverse("exports:index"))
    page = all_of_them.content.decode()
    for part in ("Mine", "Theirs", "Mailchimp", "Robin", "Waiting for the worker"):
        assert part in page
    assert "Ask for an export" not in page


@pytest.mark.parametrize("codenames", [("view_supporter", "view_segment"), ("export_sensitive_columns",), ()])
def test_nobody_else_reaches_an_export(officer, codenames):
    job = job_of(ask(officer))
    client = signed_in(*codenames, email="other@example.org")

    for name, arguments in (
        ("exports:index", []), ("exports:choose", []), ("exports:ask", ["complete"]), ("exports:job", [job.pk]),
        ("exports:progress", [job.pk]), ("exports:take", [job.pk]),
    ):  # fmt: skip
        assert client.get(reverse(name, args=arguments)).status_code in {302, 405}
        assert client.post(reverse(name, args=arguments)).status_code in {302, 405}
    assert ExportJob.objects.count() == 1


def test_watching_is_not_exporting():
    watcher = signed_in("view_auditentry")

    assert watcher.get(reverse("exports:index")).status_code == 200
    assert watcher.get(reverse("exports:choose")).status_code == 302
    assert ask(watcher).status_code == 302
    assert not ExportJob.objects.exists()


def test_pages_about_exports_show_no_supporter(officer, crowd):
    job = job_of(ask(officer))

    for url in (reverse("exports:index"), reverse("exports:job", args=[job.pk])):
        page = officer.get(url).content.decode()
        assert "person0" not in page
        assert "Person 0" not in page
