"""A whole postcode directory brought in, beside reading the same file with the csv module; and looking postcodes up.

Each side is measured in a process of its own. ``python -m bench.postcodes write FILE`` makes the file alone.
"""

import csv
import json
import random
import sys
import time
from collections.abc import Callable
from itertools import islice, product
from pathlib import Path
from statistics import median
from typing import Final

from bench.memory import measured
from bench.results import Result
from bench.site import Site

ROWS: Final = 2_700_000
"""About as many as the directory of the Office for National Statistics has, ended postcodes and all."""
OUTWARDS: Final = 2_900
SEATS: Final = 650
LOOKUPS: Final = 20_000
TIMEOUT_S: Final = 600
# The columns of the release of August 2025: most are read past.
BEFORE: Final = (
    *("dointr", "doterm", "oscty", "ced", "oslaua", "osward", "parish", "usertype", "oseast1m", "osnrth1m"),
    *("osgrdind", "oshlthau", "nhser", "ctry", "rgn", "streg"),
)
AFTER: Final = (
    *("eer", "teclec", "ttwa", "pct", "itl", "statsward", "oa01", "casward", "npark", "lsoa01", "msoa01", "ur01ind"),
    *("oac01", "oa11", "lsoa11", "msoa11", "wz11", "sicbl", "bua11", "ru11ind", "oac11", "lat", "long", "lep1", "lep2"),
    *("pfa", "imd", "calncv", "icb", "oa21", "lsoa21", "msoa21"),
)


def compare_postcodes(site: Site) -> list[Result]:
    """The import in rows a second, and a lookup in lookups a second."""
    file = site.directory / "postcodes.csv"
    write_release(file)
    before, _ = measured("bench.postcodes", "read", str(file), timeout=TIMEOUT_S)
    imported, imported_mb = measured("bench.postcodes", "import", str(file), timeout=TIMEOUT_S)
    # The better of two: the first may have waited for the disk.
    plain = min(before, measured("bench.postcodes", "read", str(file), timeout=TIMEOUT_S)[0])
    looked_up, _ = measured("bench.postcodes", "lookup", timeout=TIMEOUT_S)
    queried, _ = measured("bench.postcodes", "query", timeout=TIMEOUT_S)
    file.unlink()
    return [
        Result(
            name="import of 2.7 million postcodes",
            ours=round(ROWS / imported, 1),
            reference=round(ROWS / plain, 1),
            reference_name="the csv module reading alone",
            ratio=round(plain / imported, 3),
            unit="rows/s",
            peak_mb=round(imported_mb, 1),
        ),
        Result(
            name="lookup of a postcode",
            ours=round(1 / looked_up, 1),
            reference=round(1 / queried, 1),
            reference_name="one row by its primary key from PostgreSQL, by psycopg, prepared",
            ratio=round(queried / looked_up, 1),
            unit="lookups/s",
            p50_ms=round(looked_up * 1000, 4),
        ),
    ]


def write_release(path: Path, rows: int = ROWS) -> None:
    """A file like a release, of invented rows: every outward code that could be is as likely as a real one."""
    chance = random.Random(18)  # the same file each time
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    inwards = ["".join(each) for each in product("0123456789", letters, letters)]
    outwards = islice((f"{a}{b}{n}" for a, b, n in product(letters, letters, range(1, 30))), OUTWARDS)
    before, after = ["E99999999"] * len(BEFORE), ["E00120568"] * len(AFTER)
    before[BEFORE.index("doterm")] = ""
    share, left = divmod(rows, OUTWARDS)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("pcd7", "pcd8", "pcds", *BEFORE, "pcon", *AFTER))
        for place, outward in enumerate(outwards):
            for inward in chance.sample(inwards, share + (place < left)):
                seat = f"E14{chance.randrange(SEATS):06}"
                names = (f"{outward:<4}{inward}", f"{outward:<5}{inward}", f"{outward} {inward}")
                writer.writerow((*names, *before, seat, *after))


def main() -> None:
    """`python -m bench.postcodes write|read|import|lookup|query [FILE]`: do it once, and print the seconds it took."""
    what, path = sys.argv[1], Path(sys.argv[2] if len(sys.argv) > 2 else "")
    if what not in {"write", "read"}:
        import django

        django.setup()
    took: dict[str, Callable[[Path], float]] = {
        "write": lambda path: _timed(lambda: write_release(path)),
        "read": lambda path: _timed(lambda: _read_alone(path)),
        "import": _import,
        "lookup": _look_up,
        "query": _query,
    }
    print(json.dumps(took[what](path)))


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _read_alone(path: Path) -> None:
    with path.open(newline="") as file:
        for _row in csv.reader(file):
            pass


def _import(path: Path) -> float:
    from django.core.management import call_command

    took = _timed(lambda: call_command("import_postcodes", str(path), force=True, stdout=sys.stderr))
    _check_size()
    return took


def _check_size() -> None:
    from mp_contacts.models import PostcodeDirectory

    current = PostcodeDirectory.objects.get(is_current=True)
    size = len(bytes(current.content)) / current.postcodes
    if current.postcodes != ROWS or size > 5:
        raise RuntimeError(f"{current.postcodes:,} postcodes arrived, {size:.2f} bytes each.")


def _some_postcodes() -> list[str]:
    """Known and unknown ones, as people type them."""
    chance = random.Random(4)
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return [
        f"A{chance.choice(letters)}{chance.randrange(1, 30)} {chance.randrange(10)}{''.join(chance.sample(letters, 2))}"
        for _ in range(LOOKUPS)
    ]


def _look_up(_path: Path) -> float:
    """The median of single lookups."""
    from mp_contacts.postcodes import seat_for

    postcodes = _some_postcodes()
    seat_for(postcodes[0])
    found = sum(bool(seat_for(postcode)) for postcode in postcodes)
    if not 0 < found < LOOKUPS:
        raise RuntimeError(f"{found} of {LOOKUPS} postcodes were found.")
    return median(_each(postcodes, seat_for))


def _query(_path: Path) -> float:
    """The same postcodes from a table with as many rows."""
    import psycopg
    from django.db import connection

    connection.ensure_connection()
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as plain:
        plain.execute("CREATE TEMP TABLE place (postcode text PRIMARY KEY, seat text)")
        plain.execute(
            "INSERT INTO place SELECT 'ZZ' || n, 'E14' || lpad((n %% %s)::text, 6, '0') FROM generate_series(1, %s) n",
            [SEATS, ROWS],
        )
        plain.execute("ANALYZE place")
        statement = "SELECT seat FROM place WHERE postcode = %s"
        one = _each(
            [f"ZZ{n}" for n in random.Random(4).sample(range(1, ROWS), LOOKUPS)],
            lambda postcode: plain.execute(statement, [postcode], prepare=True).fetchone(),
        )
        return median(one)


def _each(postcodes: list[str], look_up: Callable[[str], object]) -> list[float]:
    took = []
    for postcode in postcodes:
        began = time.perf_counter()
        look_up(postcode)
        took.append(time.perf_counter() - began)
    return took


if __name__ == "__main__":
    main()
