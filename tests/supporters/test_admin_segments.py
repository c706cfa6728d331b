"""Segments in the workspace: questions as fields, a count without saving, and no way to ask about one person."""

import pytest
from django.test import Client
from django.urls import reverse

from supporters.admin.segments import NOT_UNDERSTOOD
from supporters.models import Mailing, Segment
from supporters.segments import Headcount, in_words
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import colleague, member_of
from tests.supporters.crowd_of_supporters import answers, person, signs

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

RIGHTS = ("add_segment", "change_segment", "delete_segment", "view_segment")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer():
    return signed_in(colleague("view_supporter", *RIGHTS))


@pytest.fixture
def organiser():
    return signed_in(colleague(*RIGHTS, email="organiser@example.org"))


def crowd(number: int, *, agreed: int = 0, **details):
    people = [person(one, **details) for one in range(number)]
    for one in people[:agreed]:
        answers(one, "given")
    return people


def test_questions_are_fields_and_become_criteria(officer):
    petition = PetitionPageFactory()
    posted = {
        "name": "Readers of Polish",
        "took_part_in": [petition.pk],
        "never_did": ["signature"],
        "may_be_written_to": "updates",
        "consent_taking_part": "never_asked",
        "constituencies": "e14001172, S14000001",
        "countries": ["IE"],
        "languages": ["pl"],
        "sources": "leaflet\npetition 7\n",
        "came_from": "2026-05-03",
        "not_contacted_since": "2026-06-03",
        "never_contacted": "on",
    }

    response = officer.post(reverse("segments:add"), posted)

    assert response.status_code == 302
    segment = Segment.objects.get()
    assert segment.criteria == {
        "took_part_in": [petition.pk],
        "never_did": ["signature"],
        "may_be_written_to": "updates",
        "consents": {"taking_part": "never_asked"},
        "constituencies": ["E14001172", "S14000001"],
        "countries": ["IE"],
        "languages": ["pl"],
        "sources": ["leaflet", "petition 7"],
        "came_from": "2026-05-03",
        "not_contacted_since": "2026-06-03",
        "never_contacted": True,
    }
    assert segment.created_by.email == "colleague@example.org"


def fields_of(client, segment) -> dict:
    """What a browser would post of an edit page nobody touched."""
    form = client.get(reverse("segments:edit", args=[segment.pk])).context["form"]
    posted = {}
    for field in form:
        value = field.value()
        if value not in (None, "", [], False):
            posted[field.name] = value
    return posted


@pytest.mark.parametrize(
    "criteria",
    [
        {},
        {"took_part_in": [424_242], "countries": ["IE"], "sources": ["a b", "c"], "constituencies": ["E14001172"]},
        {"consents": {"updates": "given"}, "languages": ["pl", "tlh"], "acted_since": "2026-05-03"},
        {"did": ["signature"], "never_contacted": True, "came_until": "2026-05-03"},
    ],
)
def test_saving_an_untouched_form_changes_no_criterion(officer, criteria):
    segment = Segment.objects.create(name="One", criteria=criteria)

    response = officer.post(reverse("segments:edit", args=[segment.pk]), fields_of(officer, segment))

    assert response.status_code == 302
    segment.refresh_from_db()
    assert segment.criteria == criteria


def test_wrong_code_and_wrong_dates_are_refused_in_words(officer):
    response = officer.post(reverse("segments:add"), {"name": "One", "constituencies": "Leeds"})
    assert "a letter and eight digits" in response.content.decode()
    response = officer.post(
        reverse("segments:add"), {"name": "One", "came_from": "2026-05-03", "came_until": "2026-05-01"}
    )
    assert "comes after its first day" in response.content.decode()
    assert not Segment.objects.exists()


def test_count_button_counts_and_saves_nothing(officer):
    crowd(7, agreed=3, country="IE")

    response = officer.post(reverse("segments:add"), {"countries": ["IE"], "count": "1"})

    assert response.status_code == 200
    assert response.context["count"] == "7 people, of whom 3 may be written to"
    assert "7 people, of whom 3 may be written to" in response.content.decode()
    assert not Segment.objects.exists()


def test_count_button_of_a_saved_segment_keeps_it_as_it_was(officer):
    crowd(6)
    segment = Segment.objects.create(name="One", criteria={"countries": ["IE"]})

    response = officer.post(reverse("segments:edit", args=[segment.pk]), {"name": "", "count": "1"})

    assert response.context["count"] == "6 people, of whom 0 may be written to"
    segment.refresh_from_db()
    assert (segment.name, segment.criteria) == ("One", {"countries": ["IE"]})


def test_count_button_says_what_is_wrong_instead_of_counting(officer):
    response = officer.post(reverse("segments:add"), {"constituencies": "Leeds", "count": "1"})

    assert response.context["count"] == ""
    assert "a letter and eight digits" in response.content.decode()


def test_list_edit_and_inspect_pages_show_the_count(officer):
    petition = PetitionPageFactory()
    for one in crowd(6, agreed=5):
        signs(one, petition)
    segment = Segment.objects.create(name="Signers", criteria={"took_part_in": [petition.pk]})

    for url in (
        reverse("segments:index"),
        reverse("segments:edit", args=[segment.pk]),
        reverse("segments:inspect", args=[segment.pk]),
    ):
        assert "6 people, of whom 5 may be written to" in officer.get(url).content.decode()
    assert "took part in" in officer.get(reverse("segments:index")).content.decode()


def test_those_who_may_not_see_supporters_are_told_steps_of_five(organiser):
    crowd(12, agreed=4)
    segment = Segment.objects.create(name="All", criteria={})

    page = organiser.get(reverse("segments:inspect", args=[segment.pk])).content.decode()

    assert "about 10 people, of whom fewer than 5 may be written to" in page
    assert "12" not in organiser.post(reverse("segments:add"), {"count": "1"}).context["count"]


@pytest.mark.parametrize(
    ("people", "writable", "exact", "blurred"),
    [
        (0, 0, "0 people, of whom 0 may be written to", "fewer than 5 people"),
        (1, 1, "1 person, of whom 1 may be written to", "fewer than 5 people"),
        (4, 4, "4 people, of whom 4 may be written to", "fewer than 5 people"),
        (5, 4, "5 people, of whom 4 may be written to", "about 5 people, of whom fewer than 5 may be written to"),
        (1234, 980, "1,234 people, of whom 980 may be written to", "about 1,230 people, of whom about 980 may be"),
    ],
)
def test_count_in_words(people, writable, exact, blurred):
    count = Headcount(people, writable)

    assert in_words(count, is_exact=True) == exact
    assert in_words(count, is_exact=False).startswith(blurred)


def test_no_page_of_a_segment_shows_a_person(officer):
    person("x", name="Ada Example")
    segment = Segment.objects.create(name="All", criteria={})

    for url in (
        reverse("segments:index"),
        reverse("segments:edit", args=[segment.pk]),
        reverse("segments:inspect", args=[segment.pk]),
    ):
        page = officer.get(url).content.decode()
        assert "Ada" not in page
        assert "personx" not in page


@pytest.mark.parametrize("right", RIGHTS)
def test_each_page_needs_its_own_permission(right):
    client = signed_in(colleague(right))
    segment = Segment.objects.create(name="One", criteria={})
    opens = {
        "add_segment": reverse("segments:add"),
        "change_segment": reverse("segments:edit", args=[segment.pk]),
        "delete_segment": reverse("segments:delete", args=[segment.pk]),
        "view_segment": reverse("segments:inspect", args=[segment.pk]),
    }
    for needed, url in opens.items():
        if needed == "view_segment":
            continue  # whoever may do anything with segments may read one
        assert (client.get(url).status_code == 200) == (needed == right), needed


def test_segment_a_mailing_was_written_to_stays(officer):
    segment = Segment.objects.create(name="One", criteria={})
    Mailing.objects.create(segment=segment, subject="News", body="Hello.")

    response = officer.post(reverse("segments:delete", args=[segment.pk]), follow=True)

    assert Segment.objects.exists()
    assert "so it stays" in response.content.decode()


def test_segment_that_is_no_longer_understood_says_so_and_counts_nobody(officer):
    person(1)
    segment = Segment.objects.create(name="Old", criteria={"did": ["lottery"]})

    for url in (reverse("segments:index"), reverse("segments:inspect", args=[segment.pk])):
        assert "no longer understands" in officer.get(url).content.decode()


def test_organisers_and_data_officers_have_segments_and_moderators_do_not():
    url = reverse("segments:index")

    assert signed_in(member_of("Organisers")).get(url).status_code in {200, 302}
    assert signed_in(member_of("Moderators")).get(url).status_code == 302


@pytest.mark.parametrize(
    "criteria",
    [
        [],
        "everybody",
        {"tags": ["x"]},
        {"countries": 5, "did": [[]], "took_part_in": None},
        {"consents": ["updates"]},
        {"constituencies": [1], "sources": 4},
        {"sources": [None], "consents": None, "came_from": {}},
    ],
)
def test_segment_of_an_older_site_can_still_be_opened_and_put_right(officer, criteria):
    segment = Segment.objects.create(name="Old", criteria=criteria)

    page = officer.get(reverse("segments:edit", args=[segment.pk]))
    assert NOT_UNDERSTOOD in page.content.decode()

    officer.post(reverse("segments:edit", args=[segment.pk]), {"name": "New", "countries": ["IE"]})
    segment.refresh_from_db()
    assert segment.criteria == {"countries": ["IE"]}
