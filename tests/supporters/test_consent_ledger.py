"""What people were asked and answered can be added to, and never changed."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from supporters.identity import email_key
from supporters.models import ConsentRecord, ConsentText, Supporter
from supporters.services import publish_consent_text, record_consent, remember_supporter

pytestmark = pytest.mark.django_db

Choice = ConsentRecord.Choice


@pytest.fixture
def text():
    return ConsentText.objects.create(wording="Yes, write to me.", controller="Example Campaign")


@pytest.fixture
def supporter():
    return remember_supporter(address="ada@example.org")


def answer(supporter, text, choice=Choice.GIVEN):
    return record_consent(
        supporter=supporter, text=text, choice=choice, method="web form", page_id=7, asked_at=timezone.now()
    )


def refuses(change):
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        change()


def test_change_of_mind_is_one_more_answer(supporter, text):
    answer(supporter, text)
    answer(supporter, text, Choice.WITHDRAWN)

    assert [record.choice for record in supporter.consents.all()] == [Choice.GIVEN, Choice.WITHDRAWN]


def test_record_says_what_was_asked_where_and_when(supporter, text):
    asked_at = timezone.now() - timedelta(days=2)
    record_consent(supporter=supporter, text=text, choice=Choice.GIVEN, method="web form", page_id=7, asked_at=asked_at)

    record = ConsentRecord.objects.get()
    assert (record.text, record.method, record.page_id, record.asked_at) == (text, "web form", 7, asked_at)


def test_record_cannot_be_changed_or_deleted(supporter, text):
    record = answer(supporter, text)

    refuses(lambda: ConsentRecord.objects.update(choice=Choice.WITHDRAWN))
    refuses(record.delete)
    refuses(supporter.delete)
    assert ConsentRecord.objects.get().choice == Choice.GIVEN


def test_page_can_be_deleted_and_the_record_keeps_its_number(supporter, text):
    from wagtail.models import Page

    page = Page.objects.get(depth=1).add_child(title="Petition", slug="petition")
    record_consent(
        supporter=supporter, text=text, choice=Choice.GIVEN, method="web form", page_id=page.pk, asked_at=timezone.now()
    )
    number = page.pk

    page.delete()

    assert ConsentRecord.objects.get().page_id == number


def test_wording_can_be_corrected_until_somebody_answered(supporter, text):
    text.wording = "Yes, please write to me."
    text.save()
    answer(supporter, text)

    text.wording = "Yes to everything."
    refuses(text.save)
    refuses(lambda: ConsentText.objects.all()._raw_delete("default"))
    assert ConsentText.objects.get().wording == "Yes, please write to me."


def test_wording_is_stamped_once(text):
    assert publish_consent_text(text) is True
    first = text.published_at
    assert publish_consent_text(text) is False

    text.refresh_from_db()
    assert text.published_at == first


def test_consent_is_recorded_only_with_what_it_belongs_to(supporter, text):
    def consent_and_fail():
        with transaction.atomic():
            answer(supporter, text)
            raise LookupError

    with pytest.raises(LookupError):
        consent_and_fail()

    assert not ConsentRecord.objects.exists()
    text.refresh_from_db()
    assert text.published_at is None


def test_second_confirmation_brings_the_record_up_to_date():
    first = remember_supporter(address="ada@example.org", name="Ada", postcode="SW1A 1AA", source="petition 1")
    again = remember_supporter(address="ADA@Example.org", name="Ada Example", source="petition 2")

    assert first.pk == again.pk
    supporter = Supporter.objects.get()
    assert (supporter.name, supporter.postcode, supporter.source) == ("Ada Example", "SW1A 1AA", "petition 1")
    assert supporter.email == "ADA@Example.org"


def test_new_postcode_drops_the_constituency_of_the_old_one():
    remember_supporter(address="ada@example.org", postcode="SW1A 1AA", constituency_code="E14001172")
    remember_supporter(address="ada@example.org", postcode="M1 1AA")

    assert Supporter.objects.get().constituency_code == ""


def test_two_people_with_one_mailbox_are_not_merged():
    remember_supporter(address="ada+a@example.org", name="Ada")
    remember_supporter(address="ada+b@example.org", name="Bell")

    assert {supporter.name for supporter in Supporter.objects.all()} == {"Ada", "Bell"}


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_make_one_record():
    together = threading.Barrier(8)
    errors = []

    def remember(number):
        try:
            together.wait()
            remember_supporter(address="ada@example.org", name=f"Ada {number}")
        except Exception as error:  # noqa: BLE001  (told to the thread that asserts)
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=remember, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert Supporter.objects.get().email == "ada@example.org"


def test_control_the_constraint_is_what_keeps_it_at_one():
    Supporter.objects.create(email_key=email_key("ada@example.org"), email="ada@example.org")
    with pytest.raises(DatabaseError, match="one_per_address"), transaction.atomic():
        Supporter.objects.create(email_key=email_key("Ada@example.org"), email="ada@example.org")
