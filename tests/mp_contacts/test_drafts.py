"""Everybody gets the draft that fits their MP, or is told why there is none."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from mp_contacts.drafts import choose_draft
from mp_contacts.letter_page_form import NOTHING_FOR_EVERYBODY
from mp_contacts.models import Country, LetterPage, LetterVariant, Position, Region
from tests.factories.mp_contacts import ConstituencyFactory, LetterPageFactory, MemberFactory

pytestmark = pytest.mark.django_db

EVERYBODY = {"name": "Everybody", "text": "For everybody."}


def page_with(*variants: dict[str, str], **fields: str) -> LetterPage:
    drafts = [LetterVariant(**{"text": variant["name"], **variant}) for variant in (*variants, EVERYBODY)]
    return LetterPageFactory(variants=drafts, **fields)


def stand(member, page, stance: str, *, day: int = 1, is_public: bool = True) -> Position:
    return Position.objects.create(
        member=member,
        campaign=page.get_parent().specific,
        stance=stance,
        source="Hansard",
        said_on=datetime.date(2026, 3, day),
        is_public=is_public,
    )


@pytest.mark.parametrize(
    ("variant", "fits"),
    [
        ({"parties": "Lantern Party"}, True),
        ({"parties": "Garden Party,  lantern   PARTY "}, True),
        ({"parties": "Lantern"}, False),
        ({"parties": " , "}, True),
        ({"country": Country.WALES}, True),
        ({"country": Country.SCOTLAND}, False),
        ({"region": Region.WALES, "parties": "lantern party"}, True),
        ({"region": Region.LONDON, "parties": "lantern party"}, False),
        ({"stance": "unknown"}, True),
        ({"stance": "champion"}, False),
    ],
)
def test_a_draft_fits_by_all_that_it_names(variant, fits):
    seat = ConstituencyFactory(country=Country.WALES, region=Region.WALES)
    member = MemberFactory(party="Lantern Party", constituency=seat)
    page = page_with({"name": "Special", **variant})

    assert choose_draft(page, member, seat).variant_name == ("Special" if fits else "Everybody")
    assert choose_draft(page, member) == choose_draft(page, member, seat)


def test_the_first_that_fits_is_used():
    page = page_with({"name": "First", "parties": "Garden Party"}, {"name": "Second", "parties": "Garden Party"})

    assert choose_draft(page, MemberFactory()).variant_name == "First"


def test_the_newest_public_position_on_this_campaign_decides():
    member = MemberFactory()
    page = page_with({"name": "Thanks", "stance": "champion"}, {"name": "Doubts", "stance": "opposed"})
    stand(member, page, "opposed", day=1)
    newest_public = stand(member, page, "champion", day=2)
    stand(member, page, "opposed", day=3, is_public=False)

    draft = choose_draft(page, member)

    assert (draft.variant_name, draft.stance) == ("Thanks", newest_public)


def test_some_are_not_written_to():
    page = page_with({"name": "Ministers", "kind": "do_not_write", "parties": "Garden Party", "text": "Ring them."})

    draft = choose_draft(page, MemberFactory())

    assert (draft.kind, draft.text) == ("do_not_write", "Ring them.")
    assert choose_draft(page, MemberFactory(party="Lantern Party")).kind == "draft"


@pytest.mark.parametrize(("language", "begins", "ends"), [("en", "Dear", "Yours"), ("cy", "Annwyl", "Yr eiddoch")])
def test_greeting_and_signature_are_in_the_language_of_the_letter(language, begins, ends):
    draft = choose_draft(page_with(letter_language=language), MemberFactory(name="Jo Example"))

    assert draft.greeting == f"{begins} Jo Example,"
    assert draft.signature_line.startswith(ends)
    assert draft.opening == f"{begins} Jo Example,\n\nFor everybody."


def test_nobody_is_greeted_in_a_vacant_seat():
    draft = choose_draft(page_with(), None, ConstituencyFactory(name="Harrowmere"))

    assert (draft.kind, draft.greeting, draft.stance) == ("do_not_write", "", None)
    assert "Harrowmere has no MP at the moment" in draft.text


def test_a_page_whose_drafts_were_lost_gives_an_empty_one():
    page = page_with()
    LetterVariant.objects.all().delete()

    draft = choose_draft(LetterPage.objects.get(pk=page.pk), MemberFactory())

    assert (draft.kind, draft.text, draft.variant_name) == ("draft", "", "")


@pytest.mark.parametrize(
    "narrow", [{"parties": "Any"}, {"country": "wales"}, {"region": "wales"}, {"stance": "unknown"}]
)
def test_a_page_without_a_draft_for_everybody_is_not_published(narrow):
    with pytest.raises(ValidationError, match="fits every MP"):
        LetterPageFactory(variants=[LetterVariant(name="Narrow", text="For some.", **narrow)])

    draft = LetterPageFactory(live=False, variants=[LetterVariant(name="Narrow", text="For some.", **narrow)])
    assert draft.pk


def form_of(page: LetterPage, parties: str, *, user, delete: str = ""):
    """The editor's form as a browser sends it back, with one draft in it."""
    form_class = LetterPage.get_edit_handler().get_form_class()
    blank = form_class(instance=page, for_user=user)
    data = {blank.add_prefix(name): blank.get_initial_for_field(field, name) for name, field in blank.fields.items()}
    data = {name: value for name, value in data.items() if value is not None}
    data["story-count"] = "0"
    for formset in blank.formsets.values():
        rows = len(formset.initial_forms)
        data |= {f"{formset.prefix}-TOTAL_FORMS": rows, f"{formset.prefix}-INITIAL_FORMS": rows}
        for row in formset.initial_forms:
            data |= {row.add_prefix(name): row.get_initial_for_field(field, name) for name, field in row.fields.items()}
    for name in ("title", "slug", "ask", "controller", "privacy_mode", "illustration", "state", "letter_language"):
        data[name] = getattr(page, name)
    data |= {
        "consent_text": page.consent_text_id,
        "variants-0-parties": parties,
        "variants-0-DELETE": delete,
        "thank_you_body": "null",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    return form_class(
        {name: "" if value is None else value for name, value in data.items()}, instance=page, for_user=user
    )


def test_the_editor_is_told_so_when_publishing_and_not_when_saving_a_draft(django_user_model):
    user = django_user_model.objects.create_superuser("organiser@example.org", "a long enough password")
    page = page_with()

    publishing = form_of(page, "Garden Party", user=user)
    assert not publishing.is_valid()
    assert NOTHING_FOR_EVERYBODY in publishing.non_field_errors()
    saving = form_of(page, "Garden Party", user=user)
    saving.defer_required_fields()
    assert saving.is_valid(), saving.errors
    fits = form_of(page, "", user=user)
    assert fits.is_valid(), fits.errors
    deleted = form_of(page, "", user=user, delete="on")
    assert not deleted.is_valid()
