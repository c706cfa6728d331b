"""What lies behind the link of the privacy page: everything about one address, and nothing about any other."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from petitions.models import Signature
from supporters.models import Message, PrivacyVisit, Supporter
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.organisers import signed
from tests.supporters.privacy_visits import YOURS, Holder, joined, mark_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition():
    return PetitionPageFactory(title="Safe to report")


def test_page_shows_everything_in_plain_words(petition):
    signed(petition, comment="It happened to a neighbour.", wants_updates=True)

    page = Holder("ada@example.org").look()

    for held in (
        "ada@example.org",
        "Ada Example",
        "SW1A 1AA",
        "Safe to report",
        "It happened to a neighbour.",
        petition.consent_text.wording,
        "Example Campaign",
        "petition form, confirmed by mail",
        "The button to confirm a signature",
        "Signed: Safe to report",
    ):
        assert held in page, held


def test_address_is_clean_and_nothing_may_be_stored(petition):
    signed(petition)
    holder = Holder("ada@example.org")

    arrival = holder.client.get(holder.path)
    page = holder.client.get(YOURS)

    assert arrival["Location"] == YOURS
    assert page["Cache-Control"] == "private, no-store"
    assert holder.token in page.content.decode()


def test_page_opens_by_pasting_where_cookies_are_refused(petition):
    signed(petition)
    holder = Holder("ada@example.org")

    page = holder.client.post("/links/open/", {"link": holder.link})

    assert page.status_code == 200
    assert "Ada Example" in page.content.decode()
    assert not holder.client.cookies


def test_without_a_link_the_page_offers_to_paste_one(client):
    page = client.get(YOURS)

    assert page.status_code == 200
    assert 'action="/links/open/"' in page.content.decode()


def whole_database():
    """Every row there is, as stored. The site's look is made by the first page that shows it."""
    Client().get("/privacy/")
    rows = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608
            rows[model._meta.label] = sorted(map(repr, cursor.fetchall()))
    return rows


def test_fifty_looks_change_nothing(petition):
    signed(petition, comment="Mine.")
    holder = Holder("ada@example.org")
    before = whole_database()

    pages = (holder.path, YOURS, "/links/", "/privacy/", "/privacy/sent/", "/privacy/erased/")
    for path in [holder.path] * 50 + [YOURS] * 25 + list(pages) * 5:
        assert holder.client.get(path).status_code in {200, 302}
        assert holder.client.head(path).status_code in {200, 302}

    assert whole_database() == before


def test_expired_and_erased_visits_are_the_usual_page(petition, client):
    signed(petition)
    holder = Holder("ada@example.org")
    PrivacyVisit.objects.all().delete()
    unknown = client.post("/links/", {"token": "x" * 43})

    for answer in (holder.client.get(holder.path, follow=True), holder.post("unsubscribe"), holder.post("download")):
        assert (answer.status_code, answer.content) == (404, unknown.content)


def test_another_kind_of_link_does_not_open_the_page(petition):
    from supporters.links import mint_link
    from supporters.privacy.visits import VISIT_LIFETIME

    signed(petition)
    holder = Holder("ada@example.org")
    other = mint_link(purpose="petition_withdraw", subject_id=holder.visit.pk, lifetime=VISIT_LIFETIME)
    token = other.rstrip("/").rpartition("/")[2]

    assert holder.client.post(YOURS, {"token": token, "act": "download"}).status_code == 404


def test_unknown_act_changes_nothing(petition):
    signed(petition)
    holder = Holder("ada@example.org")
    before = whole_database()

    assert "Ada Example" in holder.does("no such thing")
    assert whole_database() == before


def test_form_of_another_site_is_refused(petition):
    signed(petition)
    holder = Holder("ada@example.org")
    posted = {"token": holder.token, "act": "erase", "sure": "on"}

    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}):
        assert holder.client.post(YOURS, posted, headers=headers).status_code == 403
    assert Supporter.objects.exists()


PAIRS = {
    "strangers": ("ada@example.org", "bea@example.org"),
    "tags of one mailbox": ("ada@example.org", "ada+bea@example.org"),
    "dots of one mailbox": ("ada.b@gmail.com", "adab@gmail.com"),
    "one name at two hosts": ("ada@example.org", "ada@example.com"),
}


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("looks", [0, 1])
def test_nobody_sees_another_person(pair, looks):
    addresses, names = PAIRS[pair], ("Ada", "Bea")
    for address, who in zip(addresses, names, strict=True):
        signed(PetitionPageFactory(title=f"Petition of {who}"), email=address, **mark_of(who))

    page = Holder(addresses[looks]).look()

    mine, other = names[looks], names[1 - looks]
    assert f"{mine} said so." in page
    for trace in (f"{other} Markname", mark_of(other)["postcode"], f"{other} said so.", f"Petition of {other}"):
        assert trace not in page
    # Nor any mail that was the other's.
    assert page.count("The button to confirm a signature") == 1


def test_household_shares_an_address_and_nobody_else_sees_the_second(petition):
    signed(petition, name="Ada Example")
    signed(petition, name="Ben Example", comment="Second of the house.")
    signed(petition, email="eve@example.org", name="Eve Elsewhere")

    ours, hers = Holder("ada@example.org").look(), Holder("eve@example.org").look()

    assert Signature.objects.filter(household_slot=2).count() == 1
    assert "Ben Example" in ours
    assert "Second of the house." in ours
    assert "Ben Example" not in hers
    assert "Eve Elsewhere" not in ours


def test_joined_records_show_each_address_what_it_did_and_no_more():
    ada = signed(PetitionPageFactory(title="Petition of Ada"), **mark_of("Ada"))
    bea = signed(PetitionPageFactory(title="Petition of Bea"), email="bea@example.org", **mark_of("Bea"))
    joined(kept=ada, lost=bea)

    adas, beas = Holder("ada@example.org").look(), Holder("bea@example.org").look()

    assert "Ada Markname" in adas
    assert "Petition of Ada" in adas
    assert not re.search(r"Bea\b|bea@|SW1A", adas)
    assert "An organiser joined another record with yours" in adas
    assert "Petition of Bea" in beas
    assert "Bea said so." in beas
    assert not re.search(r"Ada\b|ada@|M1 1AE", beas)
    assert "An organiser joined the record of this address with another one." in beas


def test_answers_of_a_joined_record_do_not_say_where_the_other_one_signed():
    ada = signed(PetitionPageFactory(title="Petition of Ada"), wants_updates=True)
    bea = signed(PetitionPageFactory(title="Petition of Bea"), email="bea@example.org", wants_updates=True)
    joined(kept=ada, lost=bea)

    page = Holder("ada@example.org").look()

    assert page.count("petition form, confirmed by mail") == 2
    assert "Petition of Ada" in page
    assert "Petition of Bea" not in page


def test_mail_waiting_for_another_form_of_the_mailbox_is_not_shown(petition):
    signed(petition, email="ada+tag@example.org", confirmed=False)
    signed(PetitionPageFactory(), confirmed=False)

    page = Holder("ada@example.org").look()

    assert Message.objects.count() == 2
    assert page.count("<h3>The button to confirm a signature</h3>") == 1


def test_page_speaks_the_language_of_the_visit(petition):
    signed(petition)

    assert '<html lang="pl"' in Holder("ada@example.org", language="pl").look()
