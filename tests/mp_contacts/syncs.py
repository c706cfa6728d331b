"""Seats, lists and syncs for tests."""

import csv
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from mp_contacts.releases.constituencies import read_constituencies
from mp_contacts.services.naming_seats import name_constituencies
from mp_contacts.syncing.running import HowToSync, sync_members
from tests.factories.mp_contacts import ConstituencyFactory, MemberFactory

CODE = "E14009{:03}".format


def seats(number):
    """So many seats of England, "Seat 1" and on."""
    return [ConstituencyFactory(code=CODE(index), name=f"Seat {index}") for index in range(1, number + 1)]


def parliament_of(number):
    """So many seats, each with a member whose number and address are told by the seat's."""
    return [
        MemberFactory(
            constituency=seat, parliament_id=index, name=f"Jo Example{index}", email=f"member{index}@parliament.example"
        )
        for index, seat in enumerate(seats(number), start=1)
    ]


def row(index: int, **changes: str) -> dict[str, str]:
    """The row of a list that agrees with `parliament_of` but for ``changes``."""
    return {
        "pcon24cd": CODE(index),
        "member_id": str(index),
        "name": f"Jo Example{index}",
        "party": "Garden Party",
        "email": f"member{index}@parliament.example",
        **changes,
    }


def write_list(folder: Path, rows: list[dict[str, str]], *, name: str = "members.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def take_over(path: Path, *, force: bool = False) -> dict:
    """The report of a sync with the file at ``path``, which is written."""
    return sync_members(HowToSync(file=path, force=force))


def name_seats(path: Path) -> None:
    """Bring in the constituencies of the file at ``path``."""
    name_constituencies(read_constituencies(path))


def planned(task: str) -> list[ProcrastinateJob]:
    """The jobs of this name that wait for the worker; other tests may have left others behind."""
    return list(ProcrastinateJob.objects.filter(task_name=task, status="todo"))


def command(*arguments: object, **options: object) -> str:
    """What `sync_members` prints."""
    out = StringIO()
    call_command("sync_members", *map(str, arguments), stdout=out, stderr=out, **options)
    return out.getvalue()
