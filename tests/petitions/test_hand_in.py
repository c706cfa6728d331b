"""The hand-in pack: what leaves, to whom, and that it is on record."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from petitions.exports.documents import list_pdf, summary_facts, summary_pdf
from petitions.exports.rows import CHUNK, hand_in_csv
from petitions.models import Endorsement, Milestone, PetitionTotals, Signature
from petitions.services import withdraw_signature
from supporters.models import ActionState, AuditEntry
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import colleague, signed

# Wagtail's own templates read variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

PURPOSE = "Hand-in at Downing Street on 3 May"


@pytest.fixture
def petition():
    return PetitionPageFactory(title="Safe to report")


@pytest.fixture
def officer(client):
    client.force_login(colleague("export_signatures"))
    return client


def take(client, petition, kind, purpose=PURPOSE):
    return client.post(reverse("hand_in:pack", args=[petition.pk]), {"kind": kind, "purpose": purpose})


def rows_of(response):
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body, newline=""), strict=True))


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def crowd(petition, number):
    """Many confirmed signatures at once; made without mail, which is not what is looked at here."""
    now = timezone.now()
    people = [
        Signature(
            petition=petition,
            person_key=index.to_bytes(32, "big"),
            name=f"Person {index}",
            postcode="SW1A 1AA",
            state=ActionState.CONFIRMED,
            confirmed_at=now,
        )
        for index in range(number)
    ]
    Signature.objects.bulk_create(people)


def test_the_list_holds_what_shows_that_real_people_signed_and_nothing_else(officer, petition):
    signed(petition, name="Ada Example", email="ada@example.org", comment="Because of my sister.")
    signed(petition, name="Bo Example", email="bo@example.org", confirmed=False)
    withdraw_signature(signed(petition, name="Cy Example", email="cy@example.org").pk)
    signed(PetitionPageFactory(), name="Di Example", email="di@example.org")

    rows = rows_of(take(officer, petition, "csv"))

    assert rows == [
        ["Name", "Postcode", "Country", "Signed on"],
        ["Ada Example", "SW1A 1AA", "United Kingdom", timezone.localdate().isoformat()],
    ]


def test_no_name_becomes_a_formula_on_the_desk_of_whoever_opens_the_list(officer, petition):
    # Past the form, which refuses these: the export must not rely on it.
    for number, name in enumerate(["=HYPERLINK(1)", "+44", "@SUM(A1)", " -1", "\u200b=1", "A;=1"]):
        signed(petition, name=name, email=f"{number}@example.org")

    names = [row[0] for row in rows_of(take(officer, petition, "csv"))[1:]]

    assert names == ["'=HYPERLINK(1)", "'+44", "'@SUM(A1)", "' -1", "'\u200b=1", "A;'=1"]


def test_the_audit_trail_knows_before_the_first_byte_leaves(officer, petition):
    signed(petition)

    response = take(officer, petition, "csv")  # nothing of it has been read

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.count) == ("hand_in_csv", "Safe to report", 1)
    assert (entry.purpose, entry.actor.email) == (PURPOSE, "colleague@example.org")
    response.close()


@pytest.mark.django_db(transaction=True)
def test_a_download_broken_off_is_on_record_as_well(officer, petition):
    crowd(petition, CHUNK + 5)

    response = take(officer, petition, "csv")
    next(iter(response.streaming_content))
    response.close()

    assert AuditEntry.objects.get().count == CHUNK + 5


@pytest.mark.parametrize("kind", ["csv", "list", "summary"])
def test_every_part_needs_a_purpose(officer, petition, kind):
    response = take(officer, petition, kind, purpose=" ")

    assert response.status_code == 422
    assert response.context["form"].errors["purpose"]
    assert not AuditEntry.objects.exists()


def test_looking_at_the_page_takes_nothing(officer, petition):
    response = officer.get(reverse("hand_in:pack", args=[petition.pk]), {"kind": "csv", "purpose": PURPOSE})

    assert response["Content-Type"].startswith("text/html")
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("kind", "content_type", "name"),
    [
        ("csv", "text/csv; charset=utf-8", "signatures-{day}.csv"),
        ("list", "application/pdf", "signatures-{day}.pdf"),
        ("summary", "application/pdf", "summary-{day}.pdf"),
    ],
)
def test_the_file_is_kept_by_no_cache_and_its_name_says_nothing(officer, petition, kind, content_type, name):
    response = take(officer, petition, kind)

    day = timezone.localdate().isoformat()
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="{name.format(day=day)}"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_the_list_is_read_through_a_cursor_in_pieces(petition):
    crowd(petition, 2 * CHUNK + 1)

    with CaptureQueriesContext(connection) as queries:
        pieces = list(hand_in_csv(petition))

    assert [query["sql"][:7] for query in queries] == ["DECLARE"]
    # The headings, two full pieces, and the rest.
    assert [piece.count(b"\r\n") for piece in pieces] == [1, CHUNK, CHUNK, 1]


def test_a_petition_that_only_counts_has_a_summary_and_no_list(officer):
    counting = PetitionPageFactory(privacy_mode="count")
    signed(counting)

    page = officer.get(reverse("hand_in:pack", args=[counting.pk])).content.decode()
    refused = take(officer, counting, "csv")

    assert "nobody&#x27;s name is kept" in page or "nobody's name is kept" in page
    assert 'value="csv"' not in page
    assert refused.status_code == 422
    assert take(officer, counting, "summary")["Content-Type"] == "application/pdf"


def test_a_summary_names_nobody_and_the_record_says_so(officer, petition):
    signed(petition)

    take(officer, petition, "summary")

    assert AuditEntry.objects.get().count == 0


def test_a_list_too_long_to_print_is_refused_with_the_way_out(officer, petition):
    crowd(petition, 3_001)

    response = take(officer, petition, "list")

    assert response.status_code == 422
    assert "Take the spreadsheet" in str(response.context["form"].errors["kind"])
    with pytest.raises(ValueError, match="at most 3000"):
        list_pdf(petition)


@pytest.mark.parametrize("document", [list_pdf, summary_pdf])
def test_documents_can_be_read_by_a_screen_reader(petition, document):
    signed(petition)

    pdf = document(petition)

    assert pdf.startswith(b"%PDF-1.7")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid", b"/Lang"):
        assert mark in pdf


def test_what_people_typed_is_never_read_as_markup(petition):
    # Any of these would stop the compiler, or put its own pages in, if it were read as typst.
    petition.title = '#panic("title") $x #pagebreak() ]'
    petition.ask = "#pagebreak() = Heading `raw` *bold* \\ // /* @label <label> ]"
    signed(petition, name='#panic("name") $ ] #{', shown_as="full_name")

    assert pages_of(list_pdf(petition)) == 1
    assert pages_of(summary_pdf(petition)) == 1


@pytest.mark.parametrize("name", ["王小明", "🦄 Ada", "Ada \ue000", "Żółć Жанна Ωμέγα"])
def test_a_name_no_font_can_print_does_not_stop_the_list(petition, name):
    signed(petition, name=name)

    assert pages_of(list_pdf(petition)) == 1


def test_the_summary_stays_on_one_page_however_much_there_is_to_say(petition):
    petition.title = "Make work safer for everybody who does it. "[:43] * 5
    petition.ask = ("Repeal every law that punishes sex workers, those who help them and those they live with. " * 5)[
        :400
    ]
    PetitionTotals.objects.create(petition=petition, confirmed=1_234_567, paper=89, counted_until=timezone.now())
    for number in range(12):
        Milestone.objects.create(page=petition, signatures=1_000 * (number + 1), label="They will be invited. " * 5)
        Endorsement.objects.create(page=petition, name=f"The Association for Something Rather Long {number} " * 3)
    for number in range(30):
        fill_place(petition, f"E{14_000_000 + number:08}", country="GB", number=10 + number)

    assert pages_of(summary_pdf(petition)) == 1


def test_the_summary_adds_up_online_and_paper_and_hides_small_places(petition):
    PetitionTotals.objects.create(petition=petition, confirmed=1_234, paper=266, counted_until=timezone.now())
    Milestone.objects.create(page=petition, signatures=1_000, label="We ask for a meeting")
    Milestone.objects.create(page=petition, signatures=5_000, label="Not yet")
    Endorsement.objects.create(page=petition, name="Example Union")
    for code, country, number in [("E1", "GB", 140), ("E2", "GB", 43), ("E3", "GB", 7), ("E4", "GB", 6)]:
        fill_place(petition, code, country=country, number=number)
    for country, number in [("IE", 22), ("FR", 18), ("DE", 9), ("PL", 4)]:
        fill_place(petition, "", country=country, number=number)

    facts = summary_facts(petition)

    assert (facts["total"], facts["unit"]) == ("1,500", "signatures")
    assert facts["parts"].startswith("1,234 online, each confirmed by e-mail, and 266 on paper.")
    assert facts["milestones"] == ["1,000 reached: We ask for a meeting"]
    assert facts["organisations"] == ["Example Union"]
    rest = "All other places together"
    assert [(row["place"], row["number"]) for row in facts["countries"]] == [
        ("United Kingdom", "196"),
        ("France", "20"),
        ("Ireland", "20"),
        (rest, "15"),
    ]
    assert [(row["place"], row["number"]) for row in facts["constituencies"]] == [
        ("E1", "140"),
        # With E2 on a line of its own, 196 less 140 less at least 13 others would leave it no figure but 43.
        (rest, "55"),
    ]


def test_a_list_of_two_hundred_takes_several_pages(petition):
    crowd(petition, 200)

    assert pages_of(list_pdf(petition)) == 4


def fill_place(petition, code, *, country, number):
    now = timezone.now()
    people = [
        Signature(
            petition=petition,
            person_key=f"{country}{code}{index}".encode(),
            country=country,
            constituency_code=code,
            state=ActionState.CONFIRMED,
            confirmed_at=now,
        )
        for index in range(number)
    ]
    Signature.objects.bulk_create(people)
