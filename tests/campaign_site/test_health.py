"""What a load balancer is told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from supporters.models import WorkerHeartbeat

pytestmark = pytest.mark.django_db


def beat(name: str, seconds_ago: float) -> None:
    WorkerHeartbeat.objects.update_or_create(
        name=name, defaults={"beat_at": timezone.now() - timedelta(seconds=seconds_ago)}
    )


def test_healthz_asks_nothing_of_the_database(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_readyz_holds_with_database_migrations_and_a_beating_worker(client: Client) -> None:
    beat("outbox", seconds_ago=5)
    beat("jobs", seconds_ago=30)
    response = client.get("/readyz")
    assert response.json() == {"database": True, "migrations": True, "worker": True, "purge": True}
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_without_any_worker_it_is_not_ready(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "migrations": True, "worker": False, "purge": True}


def test_one_silent_loop_is_enough_to_be_not_ready(client: Client) -> None:
    beat("outbox", seconds_ago=5)
    beat("jobs", seconds_ago=90)
    assert client.get("/readyz").json()["worker"] is False


def test_a_loop_that_a_new_version_removed_is_forgotten_after_a_day(client: Client) -> None:
    beat("outbox", seconds_ago=5)
    beat("renamed", seconds_ago=86_500)
    assert client.get("/readyz").json()["worker"] is True


def test_an_unapplied_migration_is_seen(client: Client) -> None:
    beat("outbox", seconds_ago=5)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations WHERE app = 'petitions')"
        )
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] is False


def test_a_failing_database_is_told_and_not_raised(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE supporters_workerheartbeat RENAME TO gone")
        cursor.execute("ALTER TABLE django_migrations RENAME TO also_gone")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["worker"] is False


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_they_can_only_be_read(client: Client, path: str) -> None:
    assert client.post(path).status_code in {403, 405}
