"""What an organiser sees first: where the petitions stand, and whether the machinery runs."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from petitions.models import PetitionPage
from petitions.overview import petition_figures, workspace_summary
from petitions.permissions import EXPORT_SIGNATURES, MODERATE_COMMENTS, VIEW_SIGNATURE
from supporters.models.one_action import originals
from supporters.purging import newest_failures, purge_late_by

SHOWN_PETITIONS = 8
# The worker goes round every few seconds; after this long something is wrong.
WORRYING_SILENCE = timedelta(seconds=60)


class PetitionsPanel(Component):
    """Totals of the live petitions, today's signatures, what waits, and the worker's last sign of life."""

    name = "petitions"
    order = 150
    template_name = "petitions/admin/panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def is_shown(self) -> bool:
        """To those who work with petitions."""
        user = self.request.user
        return any(user.has_perm(permission) for permission in (VIEW_SIGNATURE, MODERATE_COMMENTS, EXPORT_SIGNATURES))

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        known = originals(PetitionPage.objects.live().only("title", "state"))
        petitions = list(known.order_by("-first_published_at"))
        figures = petition_figures(petition.pk for petition in petitions[:SHOWN_PETITIONS])
        summary = workspace_summary(petition.pk for petition in petitions)
        silence = summary.worker_silent_for
        late_by = purge_late_by()
        return {
            "petitions": [(petition, figures[petition.pk]) for petition in petitions[:SHOWN_PETITIONS]],
            "not_shown": max(0, len(petitions) - SHOWN_PETITIONS),
            "summary": summary,
            "worker_seconds": int(silence.total_seconds()) if silence is not None else None,
            "worker_is_late": silence is None or silence > WORRYING_SILENCE,
            "purge_late_hours": int(late_by / timedelta(hours=1)) if late_by is not None else None,
            "purge_failures": newest_failures(),
            "may_moderate": self.request.user.has_perm(MODERATE_COMMENTS),
        }
