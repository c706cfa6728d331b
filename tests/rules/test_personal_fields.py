"""Every personal field is accounted for: where it ends, and where people can read about it."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from petitions.models import Signature
from petitions.services import sign_petition, withdraw_signature
from supporters.crypto.fields import EncryptedTextField
from tests.factories.petitions import PetitionPageFactory, draft_for


def personal_fields(model):
    return [field for field in model._meta.get_fields() if isinstance(field, EncryptedTextField)]


def models_with_personal_fields():
    return [model for model in apps.get_models() if personal_fields(model)]


def test_every_model_with_personal_fields_is_in_the_data_protection_page():
    page = (Path(settings.BASE_DIR) / "docs" / "data-protection.md").read_text()

    assert models_with_personal_fields()
    assert [model.__name__ for model in models_with_personal_fields() if f"`{model.__name__}`" not in page] == []


@pytest.mark.django_db
def test_withdrawing_a_signature_wipes_every_personal_field():
    sign_petition(draft_for(PetitionPageFactory(), comment="Because."))

    withdraw_signature(Signature.objects.get().pk)

    left = Signature.objects.values(*(field.name for field in personal_fields(Signature))).get()
    assert set(left.values()) == {""}
