from typing import cast

import factory
import wagtail_factories
from django.utils import timezone

from home.models import CampaignPage
from mp_contacts.models import (
    Constituency,
    Country,
    Letter,
    LetterPage,
    LetterStage,
    LetterSubject,
    LetterVariant,
    Member,
    Region,
)
from supporters.identity import person_key
from supporters.models import ActionState
from tests.factories.petitions import CampaignPageFactory, ConsentTextFactory

DRAFT = "I am writing about how the law treats people who report violence. Please raise it with the Home Secretary."


class ConstituencyFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence(lambda number: f"X{number + 1:08}")
    name = factory.Sequence("Seat {}".format)
    country = Country.ENGLAND
    region = Region.LONDON

    class Meta:
        model = Constituency


class MemberFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence("Jo Example {}".format)
    sort_name = factory.LazyAttribute(lambda member: ", ".join(reversed(member.name.rsplit(" ", 1))))
    address_name = factory.LazyAttribute(lambda member: f"{member.name} MP")
    party = "Garden Party"
    email = factory.Sequence("member{}@parliament.example".format)
    constituency = factory.SubFactory(ConstituencyFactory)

    class Meta:
        model = Member


class LetterPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence("Letter {}".format)
    ask = "Ask your MP to change the law."
    controller = "Example Campaign"
    consent_text = factory.SubFactory(ConsentTextFactory)
    parent = factory.LazyFunction(lambda: CampaignPage.objects.first() or CampaignPageFactory())

    # As an editor leaves it: a subject to choose and a draft that fits everybody.
    subjects = factory.LazyFunction(lambda: [LetterSubject(text="Safety for people who report violence")])
    variants = factory.LazyAttribute(lambda page: [LetterVariant(name="Everybody", text=page.drafts)])

    class Meta:
        model = LetterPage

    class Params:
        drafts = DRAFT


def make_letter(
    page: LetterPage | None = None,
    member: Member | None = None,
    *,
    stage: str = LetterStage.QUEUED,
    email: str = "ada@example.org",
    **values: object,
) -> Letter:
    """A letter at ``stage``, as the services would have left it."""
    page = page or cast("LetterPage", LetterPageFactory())
    member = member or cast("Member", MemberFactory())
    now = timezone.now()
    confirmed = stage != LetterStage.UNCONFIRMED
    sent = stage in {LetterStage.SENT, LetterStage.DELIVERED}
    settled = stage in {LetterStage.DELIVERED, LetterStage.RETURNED, LetterStage.REFUSED, LetterStage.STOPPED}
    return Letter.objects.create(
        **{
            "page": page,
            "member": member,
            "person_key": person_key(page_id=page.pk, address=email),
            "name": "Ada Example",
            "email": email,
            "postcode": "ZA1 1AA",
            "address": "1 Lantern Street\nHarrowmere",
            "subject": "Safety for people who report violence",
            "body": f"Dear {member.name},\n\n{DRAFT}\n\nWhere I live it matters.",
            "constituency_code": member.constituency_id or "",
            "state": ActionState.CONFIRMED if confirmed else ActionState.PENDING,
            "confirmed_at": now if confirmed else None,
            "stage": stage,
            "hold_reasons": ["links"] if stage == LetterStage.HELD else [],
            "refusal": "It names somebody." if stage == LetterStage.REFUSED else "",
            "sent_at": now if sent else None,
            "settled_at": now if settled else None,
            "consent_text": page.consent_text,
            **values,
        }
    )
