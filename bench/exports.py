"""Exports of supporters per second, beside the barest loop that could read them and beside the libraries at hand.

Each side of each comparison runs in a process of its own, so that its memory is its own. Alone:
`python -m bench.exports [--supporters N] [--rounds N]`.
"""

import argparse
import csv
import json
import os
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

from bench.pace import FULL, Pace
from bench.results import Result, Round, summarise, table, write
from bench.site import RigError, Site, manage, run, stop_politely_when_told

WORKBOOK_ROWS: Final = 200_000
LIBRARY_ROWS: Final = 100_000
SAMPLE: Final = 1_000
ALLOWED_FIRST_BYTE_MS: Final = 2_000
PRESET: Final = "bench_people"


@dataclass(frozen=True)
class Run:
    """What one process did: seconds for ``rows``, its highest resident memory, and when the first byte was there."""

    seconds: float
    rows: int
    peak_mb: float
    first_byte_ms: float | None = None

    @property
    def per_second(self) -> float:
        return self.rows / self.seconds


def compare_exports(site: Site, pace: Pace) -> list[Result]:
    """CSV of all supporters in turns with a bare loop; then the libraries, once a round as well."""
    wanted = pace.supporters - site.count("supporters_supporter")
    if wanted > 0:
        manage("seed_load", "--supporters", str(wanted))
        site.query("VACUUM ANALYZE")
    people, books, libraries = [], [], []
    for _ in range(pace.rounds):
        people.append((_run("job"), _run("bare")))
        books.append((_run("workbook"), _run("xlsxwriter")))
    libraries.append((people[0][0], _run("resource")))
    first_byte_ms = max(job.first_byte_ms or 0 for job, _ in people)
    if any(job.rows != bare.rows for job, bare in people):
        raise RigError("The export and the bare loop did not write equally many people.")
    return [
        _summary("export to CSV", people, "a server-side cursor and csv.writer, the same statement, nothing decrypted"),
        Result(
            name="first byte of that export",
            ours=round(first_byte_ms, 1),
            reference=ALLOWED_FIRST_BYTE_MS,
            reference_name="the longest allowed since the job's start",
            ratio=round(ALLOWED_FIRST_BYTE_MS / max(first_byte_ms, 1), 3),
            unit="ms",
        ),
        _summary(
            "export to CSV, and the library",
            libraries,
            f"Resource.export() of django-import-export, {LIBRARY_ROWS:,} rows",
        ),
        _summary("workbook", books, f"XlsxWriter in constant-memory mode, the same {WORKBOOK_ROWS:,} rows"),
    ]


def _summary(name: str, runs: list[tuple[Run, Run]], reference_name: str) -> Result:
    return summarise(
        name,
        [Round(ours.per_second, reference.per_second) for ours, reference in runs],
        reference_name=f"{reference_name} ({max(reference.peak_mb for _, reference in runs):.0f} MB)",
        unit="rows/s",
        peak_mb=max(ours.peak_mb for ours, _ in runs),
    )


def _run(side: str) -> Run:
    return Run(**json.loads(run([sys.executable, "-m", "bench.exports", "--side", side]).splitlines()[-1]))


# What follows runs in a process of its own.


def _measure(side: str) -> Run:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings")
    django.setup()
    sides: dict[str, Callable[[Path], tuple[float, int, float | None]]] = {
        "job": _job,
        "bare": _bare,
        "resource": _resource,
        "workbook": _workbook,
        "xlsxwriter": _xlsxwriter,
    }
    target = Path(os.environ["VAR_DIR"]) / f"measured.{side}"
    seconds, rows, first_byte_ms = sides[side](target)
    target.unlink(missing_ok=True)
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Run(seconds, rows, kilobytes / 1024, first_byte_ms)


def _job(_target: Path) -> tuple[float, int, float | None]:
    """The whole job: permission, audit entry, counting, reading, opening, writing, locking the file."""
    from django.contrib.auth import get_user_model
    from django.core.files.storage import storages

    from supporters.exports.presets import Preset, preset_named, register_preset
    from supporters.exports.running import file_of, run_export
    from supporters.models import ExportJob, ExportState
    from supporters.private_files import delete_file

    people = preset_named("complete").files[0]
    register_preset(Preset(name=PRESET, label="People", files=(people,), loses=(), needs_consent=False))
    organiser = get_user_model().objects.filter(is_superuser=True).first()
    job = ExportJob.objects.create(
        requested_by=organiser, purpose="Benchmark", preset=PRESET, file_format="csv", with_sensitive=True
    )
    began = time.monotonic()
    watch = _Watch(Path(storages["private"].path(file_of(job.pk))))
    run_export(job.pk)
    seconds = time.monotonic() - began
    job.refresh_from_db()
    if job.state != ExportState.READY:
        raise RigError(f"The export did not come about: {job.problem}")
    delete_file(job.file_name)
    return seconds, job.rows_done, (watch.seen_at - began) * 1000


class _Watch(threading.Thread):
    """Looks two hundred times a second whether the file has its first byte."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self._path = path
        self.seen_at = 0.0
        self.start()

    def run(self) -> None:
        while not (self._path.exists() and self._path.stat().st_size):
            time.sleep(0.005)
        self.seen_at = time.monotonic()


def _bare(target: Path) -> tuple[float, int, float | None]:
    from supporters.exports.choosing import Choice
    from supporters.exports.reading import people_query
    from supporters.exports.snapshot import snapshot

    began, number = time.monotonic(), 0
    condition, params = Choice({}, with_never_asked=True).condition()
    with snapshot() as held, target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for rows in held.batches(people_query(condition), params):
            writer.writerows(rows)
            number += len(rows)
    return time.monotonic() - began, number, None


def _resource(target: Path) -> tuple[float, int, float | None]:
    """As its documentation shows it: a resource of the model, with the fields of one table."""
    from import_export.resources import ModelResource, modelresource_factory

    from supporters.models import Supporter

    fields = ("id", "email", "name", "phone", "postcode", "country", "constituency_code", "language", "source")
    made: type[ModelResource] = modelresource_factory(
        Supporter, meta_options={"fields": (*fields, "created_at", "last_act_at", "last_contacted_at")}
    )
    began = time.monotonic()
    data = made().export(queryset=Supporter.objects.order_by("pk")[:LIBRARY_ROWS])
    target.write_text(data.csv, encoding="utf-8")
    return time.monotonic() - began, len(data), None


def _workbook(target: Path) -> tuple[float, int, float | None]:
    from supporters.exports.formats.xlsx import workbook

    headings, rows = _sample()
    began = time.monotonic()
    with target.open("wb") as file:
        for piece in workbook("people", headings, rows):
            file.write(piece)
    return time.monotonic() - began, WORKBOOK_ROWS, None


def _xlsxwriter(target: Path) -> tuple[float, int, float | None]:
    import xlsxwriter

    headings, rows = _sample()
    began = time.monotonic()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(target), options) as book:
        sheet = book.add_worksheet("people")
        for number, row in enumerate([headings]):
            sheet.write_row(number, 0, row)
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    return time.monotonic() - began, WORKBOOK_ROWS, None


def _sample() -> tuple[list[str], Iterator[list[str]]]:
    """Headings, and rows of real people, the same few over and over: the writers alone are measured."""
    from supporters.exports.choosing import Choice
    from supporters.exports.columns import columns_of
    from supporters.exports.presets import preset_named
    from supporters.exports.reading import Reader
    from supporters.exports.snapshot import snapshot

    columns = columns_of(preset_named("complete").files[0].resource, with_sensitive=True)
    with snapshot() as held:
        people: Iterator[Any] = Reader(held, Choice({}, with_never_asked=True)).people()
        sample = [[column.value(person) for column in columns] for person in islice(people, SAMPLE)]
    return [column.column_name for column in columns], islice(cycle(sample), WORKBOOK_ROWS)


def main() -> None:
    """Measure one side in this process, or everything on a site of its own."""
    parser = argparse.ArgumentParser(prog="python -m bench.exports")
    parser.add_argument("--side", help=argparse.SUPPRESS)
    parser.add_argument("--supporters", type=int, default=FULL.supporters)
    parser.add_argument("--rounds", type=int, default=FULL.rounds)
    options = parser.parse_args()
    if options.side:
        print(json.dumps(vars(_measure(options.side))))
        return
    stop_politely_when_told()
    with Site("exports") as site:
        pace = replace(FULL, rounds=options.rounds, supporters=options.supporters)
        results = compare_exports(site, pace)
    print(f"{table(results)}\n\nKept in {write(results, Path(__file__).parent / 'results')}.")


if __name__ == "__main__":
    main()
