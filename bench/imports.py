"""100,000 people out of a CSV file, beside reading it with the csv module, and beside django-import-export.

Each runs in a process of its own, so that its memory is its own.
"""

import csv
import json
import sys
import time
from pathlib import Path
from typing import Final

from bench.memory import measured
from bench.results import Result
from bench.site import Site

ROWS: Final = 100_000
REFERENCE_ROWS: Final = 20_000
COLUMNS: Final = ("email", "name", "phone", "postcode", "country", "language", "updates")
TIMEOUT_S: Final = 1800


def compare_imports(site: Site) -> list[Result]:
    """Ours row for row beside both; ``ours`` and ``reference`` are rows a second."""
    file = site.directory / "people.csv"
    few = site.directory / "people-few.csv"
    write_people(file, range(ROWS))
    write_people(few, range(ROWS, ROWS + REFERENCE_ROWS))
    [(text,)] = site.query("SELECT min(id) FROM supporters_consenttext WHERE purpose = 'updates'")
    plain, _ = measured("bench.imports", "read", str(file), timeout=TIMEOUT_S)
    # Before ours: it looks every address up, and would find a larger table later.
    library, library_mb = measured("bench.imports", "library", str(few), timeout=TIMEOUT_S)
    ours, ours_mb = measured("bench.imports", "ours", str(file), str(text), timeout=TIMEOUT_S)
    found = site.count("supporters_supporter")
    if found < ROWS + REFERENCE_ROWS:
        raise RuntimeError(f"Only {found} people arrived.")
    print(f"django-import-export took {library_mb:.0f} MB for {REFERENCE_ROWS:,} rows.", flush=True)
    return [
        _result("import of 100,000 people", ROWS / ours, ROWS / plain, "the csv module reading alone", ours_mb),
        _result(
            "import beside django-import-export",
            ROWS / ours,
            REFERENCE_ROWS / library,
            f"import_data of django-import-export, {REFERENCE_ROWS:,} rows",
            ours_mb,
        ),
    ]


def _result(name: str, ours: float, reference: float, beside: str, peak_mb: float) -> Result:
    return Result(
        name=name,
        ours=round(ours, 1),
        reference=round(reference, 1),
        reference_name=beside,
        ratio=round(ours / reference, 3),
        unit="rows/s",
        peak_mb=round(peak_mb, 1),
    )


def write_people(path: Path, numbers: range) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for n in numbers:
            postcode = f"M{n % 9 + 1} {n % 10}AE"
            phone = f"07700 {n % 1_000_000:06}"
            writer.writerow((f"person{n}@example.org", f"Person Número {n}", phone, postcode, "GB", "en", "yes"))


def main() -> None:
    """`python -m bench.imports read|library|ours FILE [TEXT]`: do it once, and print the seconds it took."""
    what, path = sys.argv[1], Path(sys.argv[2])
    if what != "read":
        import django

        django.setup()
    began = time.monotonic()
    {"read": read_alone, "library": with_the_library, "ours": with_ours}[what](path)
    print(json.dumps(time.monotonic() - began))


def read_alone(path: Path) -> None:
    with path.open(newline="") as file:
        for _row in csv.reader(file):
            pass


def with_ours(path: Path) -> None:
    """The preview and the writing together."""
    from django.core.management import call_command

    call_command("import_supporters", str(path), consent_text=int(sys.argv[3]), yes=True, stdout=sys.stderr)


def with_the_library(path: Path) -> None:
    """The same people by a resource of django-import-export, in its fast way, and without any consent."""
    import tablib
    from import_export.resources import ModelResource

    from supporters.identity import email_key
    from supporters.models import Supporter

    class PlainResource(ModelResource):
        """Name, address, phone and postcode; the key is made before the rows are looked up."""

        def before_import(self, dataset: tablib.Dataset, **_options: object) -> None:
            dataset.append_col([email_key(address) for address in dataset["email"]], header="email_key")

        class Meta:
            model = Supporter
            fields = ("email_key", "email", "name", "phone", "postcode", "country", "language")
            import_id_fields = ("email_key",)
            skip_diff = True
            use_bulk = True

    dataset = tablib.Dataset().load(path.read_text(), format="csv")
    result = PlainResource().import_data(dataset, raise_errors=True)
    if result.totals["new"] != REFERENCE_ROWS:
        raise RuntimeError("django-import-export did not bring everybody in.")


if __name__ == "__main__":
    main()
