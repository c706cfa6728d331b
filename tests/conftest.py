"""What every test can ask for."""

import math
import os
from collections.abc import Iterator
from importlib import import_module
from typing import Final

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.template import Engine
from hypothesis import HealthCheck
from hypothesis import settings as settings_of_hypothesis
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from tests.journeys.running_site import RunningSite
from tests.migrated import migrated_template

GROUP_MIGRATIONS: Final = (
    ("petitions.migrations.0003_make_organisers_groups", "make_groups"),
    ("supporters.migrations.0005_let_groups_see_to_people", "extend_groups"),
    ("mp_contacts.migrations.0002_let_groups_see_to_letters", "extend_groups"),
    ("mp_contacts.migrations.0045_let_organisers_set_letters", "extend_groups"),
    ("events.migrations.0002_let_groups_see_to_events", "extend_groups"),
)


# How long an example takes says something about the machine: a test that times is a benchmark (bench/).
settings_of_hypothesis.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings_of_hypothesis.load_profile("patient")

NOT_TESTED: Final = "not tested with real data"
"""The property by which a test says that a file it needs to prove anything is not on this machine."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what passed without having looked at anything."""
    passed = terminalreporter.stats.get("passed", [])
    absent = {value for report in passed for name, value in report.user_properties if name == NOT_TESTED}
    if absent:
        names = ", ".join(sorted(absent))
        terminalreporter.write_line(f"{NOT_TESTED.capitalize()}, because they are not here: {names}.")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with long tests go first, so that no process is left alone with one at the end."""
    long = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("journey")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def running_site() -> Iterator[RunningSite]:
    """The demo campaign behind the real server and the real worker, started once for all who ask."""
    with RunningSite() as site:
        yield site


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each process's database is a copy of one that was migrated once."""
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated_template(os.environ["DATABASE_URL"])


@pytest.fixture(autouse=True)
def wagtail_ground(request: pytest.FixtureRequest) -> Iterator[None]:
    """The root page, locale and site that migrations make, for every test that may use the database.

    Tests that commit empty all tables when they end, and these rows with them; but not those of planned jobs,
    which are none of Django's.
    """
    if not _uses_database(request):
        yield
        return
    commits = _commits(request)
    request.getfixturevalue("transactional_db" if commits else "db")
    lay_ground()
    yield
    if commits:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def lay_ground() -> None:
    """Make the rows that no site of ours is without, unless they are there."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    if not Site.objects.exists():
        Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    if not Group.objects.filter(name="Data officers").exists():
        for migration in GROUP_MIGRATIONS:
            import_module(migration[0]).__dict__[migration[1]](apps, None)
        _let_wagtails_groups_work(root)


def _let_wagtails_groups_work(root: Page) -> None:
    """As Wagtail's migrations do."""
    for name, on_pages in (("Moderators", ("add", "change", "publish")), ("Editors", ("add", "change"))):
        group, _is_new = Group.objects.get_or_create(name=name)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        for kind in on_pages:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{kind}_page")
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        collection = Collection.objects.get(depth=1)
        for permission in Permission.objects.filter(codename__in=("add_parasolimage", "change_parasolimage")):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    if not WorkflowPage.objects.filter(page=root).exists():
        workflow = Workflow.objects.create(name="Moderators approval")
        task = GroupApprovalTask.objects.create(name="Moderators approval")
        task.groups.add(Group.objects.get(name="Moderators"))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page=root)


@pytest.fixture(autouse=True)
def templates_as_on_a_site(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Wagtail's own templates may name what is not there, they are rendered as on a real site.

    pytest-django otherwise looks through the whole stack for each such name, and then lets it pass: half the time
    that a page of the workspace takes.
    """
    if request.node.get_closest_marker("ignore_template_errors"):
        monkeypatch.setattr(Engine.get_default(), "string_if_invalid", "")


@pytest.fixture(autouse=True)
def no_postcode_directory(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing that an earlier test stored is served on, and nobody's count of queries has the look for an edition.

    A test that stores a directory is answered from it at once.
    """
    # Not imported above: they ask for models, which are there only once Django is set up.
    serving = import_module("mp_contacts.postcodes.serving")
    monkeypatch.setattr(serving, "copies_folder", tmp_path_factory.getbasetemp)
    monkeypatch.setattr(serving, "CURRENT", serving.CurrentEdition(look_at=math.inf))
    import_module("mp_contacts.seating").NAMES.forget()


def _uses_database(request: pytest.FixtureRequest) -> bool:
    return bool(
        request.node.get_closest_marker("django_db")
        or {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    )


def _commits(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(
        (marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(request.fixturenames)
    )
