"""Taking a list out: asked for with a reason, looked at once more, made by the worker, fetched once and gone."""

from html.parser import HTMLParser

import pyrage
import pytest
from django.urls import reverse

from supporters.models import AuditEntry, ExportJob, Segment
from tests.supporters.admin_exports.conftest import ask, job_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


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
