"""One unticked box for each purpose, kept until the address is confirmed and then in the ledger."""

import pytest
from django.core.exceptions import ValidationError
from django.template import engines
from django.urls import reverse
from wagtail.models import Locale

from petitions.models import PetitionPage, Signature
from petitions.services import confirm_signature, erase_signature, sign_petition, withdraw_signature
from supporters.models import ConsentRecord, ConsentText, CurrentConsent, Purpose
from supporters.services.wording import has_been_shown
from tests.factories.petitions import (
    CampaignPageFactory,
    ConsentTextFactory,
    PetitionPageFactory,
    draft_for,
    form_data,
    home_page,
)
from tests.petitions.organisers import boss, signed
from tests.petitions.test_admin_consent_texts import editor_form

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

BOX, WORDING = "consent_taking_part", "consent_taking_part_wording"


@pytest.fixture
def taking_part():
    return ConsentTextFactory(purpose=Purpose.TAKING_PART, wording="Yes, ask me to take part.")


@pytest.fixture
def petition(taking_part):
    petition = PetitionPageFactory(consent_text__wording="Yes, keep me posted.")
    petition.further_consents = [taking_part]
    petition.save()
    return petition


def sign(client, petition, **typed):
    return client.post(petition.sign_url, form_data(**typed))


def ledger():
    return list(ConsentRecord.objects.order_by("pk").values_list("text__purpose", "choice"))


# The boxes


def test_each_purpose_has_an_unticked_box_of_its_own(client, petition):
    page = client.get(petition.url).content.decode()

    assert page.count('type="checkbox"') == 2
    assert "Yes, keep me posted." in page
    assert "Yes, ask me to take part." in page
    assert "checked" not in page
    assert "required" not in page.partition(f'name="{BOX}"')[2].partition(">")[0]


def test_signing_with_no_box_ticked_agrees_to_nothing(client, petition):
    assert sign(client, petition).status_code == 303
    confirm_signature(Signature.objects.get().pk)

    assert ledger() == []


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        ({BOX: "on"}, [("taking_part", "given")]),
        ({"updates": "on"}, [("updates", "given")]),
        ({"updates": "on", BOX: "on"}, [("updates", "given"), ("taking_part", "given")]),
    ],
)
def test_what_was_ticked_is_in_the_ledger_once_the_address_is_confirmed(client, petition, ticked, expected):
    sign(client, petition, **ticked)
    signature = Signature.objects.get()
    assert ledger() == []
    confirm_signature(signature.pk)

    assert ledger() == expected
    signature.refresh_from_db()
    assert signature.ticked_texts == []
    record = ConsentRecord.objects.last()
    assert (record.page_id, record.asked_at) == (petition.pk, signature.created_at)


def test_pressing_confirm_twice_records_once(petition, taking_part):
    signature = signed(petition, ticked_texts=(taking_part.pk,))
    confirm_signature(signature.pk)

    assert ledger() == [("taking_part", "given")]


def test_box_ticked_under_other_words_comes_back_empty(client, petition, taking_part):
    response = sign(client, petition, **{BOX: "on", WORDING: str(taking_part.pk + 1000), "updates": "on"})
    page = response.content.decode()

    assert response.status_code == 422
    assert "have changed" in page
    box = page.partition(f'name="{BOX}"')[2].partition(">")[0]
    assert "checked" not in box
    assert f'name="{WORDING}" value="{taking_part.pk}"' in page
    assert "checked" in page.partition('name="updates"')[2].partition(">")[0], "the other box stays as it was"


def test_box_that_is_not_on_the_page_is_not_believed(client, taking_part):
    petition = PetitionPageFactory()
    sign(client, petition, **{BOX: "on", WORDING: str(taking_part.pk)})

    assert Signature.objects.get().ticked_texts == []


def test_count_only_page_asks_for_nothing(client, taking_part):
    petition = PetitionPageFactory(privacy_mode="count", consent_text=None)
    petition.further_consents = [taking_part]
    petition.save()

    assert 'type="checkbox"' not in client.get(petition.url).content.decode()
    client.post(petition.sign_url, {"email": "ada@example.org", BOX: "on"})
    assert Signature.objects.get().ticked_texts == []


@pytest.mark.parametrize("forget", [withdraw_signature, erase_signature])
def test_ticks_go_with_the_signature(petition, taking_part, forget):
    signature = signed(petition, confirmed=False, ticked_texts=(taking_part.pk,))
    assert signature.ticked_texts == [taking_part.pk]
    forget(signature.pk)

    assert all(ticked == [] for ticked in Signature.objects.values_list("ticked_texts", flat=True))


def test_batch_of_people_with_different_ticks_is_stored_in_one_statement(petition, taking_part):
    from petitions.services.signing import write_signatures

    drafts = [
        draft_for(petition, email=f"person{n}@example.org", ticked_texts=(taking_part.pk,) * (n % 2)) for n in range(6)
    ]
    write_signatures(drafts)

    assert sorted(Signature.objects.values_list("ticked_texts", flat=True)) == [[]] * 3 + [[taking_part.pk]] * 3


def test_taking_part_stands_by_itself(petition, taking_part):
    signed(petition, ticked_texts=(taking_part.pk,))

    assert dict(CurrentConsent.objects.values_list("purpose", "choice")) == {"taking_part": "given"}


# Publishing


def problems_of(**fields):
    further = fields.pop("further", [])
    page = PetitionPageFactory(live=False, **fields)
    page.further_consents = further
    revision = page.save_revision(clean=False)
    with pytest.raises(ValidationError) as caught:
        revision.publish()
    assert not PetitionPage.objects.get(pk=page.pk).live
    return caught.value.message_dict


def test_page_is_not_published_without_the_words_it_asks_with():
    assert "may write again" in problems_of(consent_text=None)["consent_text"][0]


def test_page_is_not_published_without_who_is_responsible():
    assert "controller" in problems_of(controller="")


def test_page_is_not_published_with_words_in_another_language():
    problems = problems_of(consent_text__language="ro")
    assert "is written in Română, and this page in English" in problems["consent_text"][0]


def test_page_is_not_published_with_words_of_another_organisation(taking_part):
    ConsentText.objects.update(controller="Somebody Else")
    problems = problems_of(further=[ConsentText.objects.get()])
    assert "names Somebody Else, and this page Example Campaign" in problems["further_consents"][0]


def test_no_purpose_is_asked_about_twice(taking_part):
    again = ConsentTextFactory(purpose=Purpose.TAKING_PART)
    assert "one wording for each purpose" in problems_of(further=[taking_part, again])["further_consents"][0]
    same = ConsentTextFactory(purpose=Purpose.UPDATES)
    assert "one wording for each purpose" in problems_of(further=[same])["further_consents"][0]


def test_count_only_page_needs_no_words():
    page = PetitionPageFactory(live=False, privacy_mode="count", consent_text=None)
    page.save_revision().publish()

    assert PetitionPage.objects.get(pk=page.pk).live


def test_draft_may_lack_everything_and_live_page_may_not_lose_it():
    assert PetitionPageFactory(live=False, consent_text=None, controller="")
    live = PetitionPageFactory()
    live.consent_text = None
    with pytest.raises(ValidationError):
        live.save()


def test_page_in_another_language_takes_words_in_that_language():
    locale = Locale.objects.get(language_code="ro")
    home = home_page().copy_for_translation(locale)
    home.save_revision().publish()
    campaign = CampaignPageFactory(parent=home, locale=locale)
    text = ConsentTextFactory(language="ro")

    assert PetitionPageFactory(parent=campaign, locale=locale, consent_text=text).live


def test_every_wording_is_fixed_the_moment_the_page_is_live(taking_part):
    page = PetitionPageFactory(live=False)
    page.further_consents = [taking_part]
    page.save()
    assert not has_been_shown(taking_part)
    page.save_revision().publish()

    taking_part.refresh_from_db()
    assert taking_part.published_at


@pytest.fixture
def editing(client, monkeypatch):
    # Wagtail's editor relies on Django's own way with missing variables.
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")
    client.force_login(boss())
    page = PetitionPageFactory(live=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    def save(*, publish=True, **changes):
        data = {**editor_form(client, page), **changes}
        if not publish:
            del data["action-publish"]
        response = client.post(address, {name: value for name, value in data.items() if value is not None})
        page.refresh_from_db()
        return response

    return page, save


def test_editor_is_told_what_is_missing_and_keeps_the_form(editing):
    page, save = editing
    response = save(consent_text="")

    assert response.status_code == 200
    assert "may write again" in response.content.decode()
    assert not page.live


def test_editor_may_save_a_draft_that_lacks_it(editing):
    page, save = editing
    response = save(publish=False, consent_text="")

    assert response.status_code == 302
    assert page.get_latest_revision_as_object().consent_text is None
    assert not page.live


def test_editor_publishes_with_a_second_box(editing, taking_part):
    page, save = editing
    assert save(further_consents=[taking_part.pk]).status_code == 302

    assert page.live
    assert [text.pk for text in PetitionPage.objects.get(pk=page.pk).further_consents.all()] == [taking_part.pk]


def test_editor_is_told_that_a_purpose_is_asked_about_twice(editing):
    page, save = editing
    same = ConsentTextFactory(purpose=Purpose.UPDATES)
    response = save(further_consents=[same.pk])

    assert "one wording for each purpose" in response.content.decode()
    assert not page.live


def test_editor_may_mend_what_was_wrong_before(editing, taking_part):
    page, save = editing
    page.further_consents = [ConsentTextFactory(purpose=Purpose.UPDATES)]
    page.save()
    assert save(further_consents=[taking_part.pk]).status_code == 302

    assert page.live


def test_signing_still_costs_one_statement_for_signatures_and_mails(
    petition, taking_part, django_assert_max_num_queries
):
    draft = draft_for(petition, ticked_texts=(taking_part.pk,))
    with django_assert_max_num_queries(6):
        sign_petition(draft)
