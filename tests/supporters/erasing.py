"""People who are erased."""

from petitions.models import Signature
from petitions.services import confirm_signature, sign_petition
from supporters.services.erasing import erase_address
from tests.factories.petitions import PetitionPageFactory, draft_for

ADA = "ada@example.org"


def signed(petition=None, *, confirm=True, **typed):
    sign_petition(draft_for(petition or PetitionPageFactory(), **typed))
    signature = Signature.objects.latest("created_at")
    if confirm:
        confirm_signature(signature.pk)
    return Signature.objects.filter(pk=signature.pk).first()


def erase(address=ADA, *, actor=None):
    erase_address(address=address, actor=actor)
