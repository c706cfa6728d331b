"""Two questions of a load balancer or a monitor: are you up, and can you serve?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from supporters.audience import personal_page
from supporters.models import WorkerHeartbeat
from supporters.purging import purge_has_stopped

FRESH_FOR: Final = timedelta(seconds=60)
FORGOTTEN_AFTER: Final = timedelta(days=1)
"""A loop silent for this long was renamed or removed by a new version, and is not waited for."""


@require_safe
@personal_page
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@personal_page
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 and `{"database": true, "migrations": true, "worker": true, "purge": true}`; 503 when any is false."""
    checks = {name: _holds(check) for name, check in READINESS.items()}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def database_answers() -> bool:
    """A statement comes back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def migrations_are_applied() -> bool:
    """This version of the code has nothing left to migrate."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def worker_is_alive() -> bool:
    """Every loop of some worker went round within the last minute."""
    now = timezone.now()
    known = WorkerHeartbeat.objects.filter(beat_at__gt=now - FORGOTTEN_AFTER)
    oldest = known.aggregate(oldest=Min("beat_at"))["oldest"]
    return oldest is not None and now - oldest < FRESH_FOR


def data_is_forgotten() -> bool:
    """A purge has ended within the last day; a site that has never begun one is new."""
    return not purge_has_stopped()


READINESS: Final[dict[str, Callable[[], bool]]] = {
    "database": database_answers,
    "migrations": migrations_are_applied,
    "worker": worker_is_alive,
    "purge": data_is_forgotten,
}


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        return False
