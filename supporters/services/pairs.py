"""Two records that look alike and are to stay two."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from supporters.audit import record_audit
from supporters.models import DuplicateSuggestion, PairDecision, PairVerdict, Supporter


@transaction.atomic
def keep_apart(*, one: Supporter, other: Supporter, verdict: str, by: AbstractBaseUser) -> PairDecision:
    """Remember for good that ``one`` and ``other`` stay two records; they are not suggested again.

    ``verdict`` is one of PairVerdict. Somebody may have good reasons for two identities, so that one person
    can stay two. Raises ValueError for two times the same record.
    """
    if one.pk == other.pk:
        raise ValueError("Choose two different records.")
    first, second = sorted([one, other], key=lambda record: record.pk)
    decision, _ = PairDecision.objects.update_or_create(
        first=first, second=second, defaults={"verdict": PairVerdict(verdict), "decided_by_id": by.pk}
    )
    DuplicateSuggestion.objects.filter(first=first, second=second).delete()
    record_audit(actor=by, action="keep_supporters_apart", subject=f"{first} and {second}", count=2, purpose=verdict)
    return decision
