"""`make bench`: everything measured once, kept in bench/results/, and shown. Takes a quarter of an hour.

Every figure stands beside what the same machine does at best, measured in turns with it. Fails when a
figure that must be reached is not.
"""

import argparse
import compileall
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from bench.exports import compare_exports
from bench.imports import compare_imports
from bench.letters import compare_letters
from bench.mailing import compare_mailing
from bench.pace import FULL, QUICK, Pace
from bench.pages import compare_pages, require_programs
from bench.postcodes import compare_postcodes
from bench.registering import compare_registering
from bench.results import Result, table, write
from bench.signing import SigningBench
from bench.site import BASE_DIR, RigError, Site, manage, stop_politely_when_told
from bench.supporter_list import compare_supporter_list
from campaign_site.postgres_server import EmbeddedPostgresError

PRELOADED: Final = 50_000
RESULTS: Final = Path(__file__).parent / "results"
OURS: Final = ("campaign_site", "home", "petitions", "mp_contacts", "events", "supporters")
# What must be reached at least, as a share of the reference.
MUST: Final = {
    "signing": 0.15,
    "registering": 0.1,
    "cached petition page": 0.30,
    "export to CSV": 0.40,  # at most two and a half times as long
    "first byte of that export": 1.0,
    "export to CSV, and the library": 1.0,
    "workbook": 1.0,
    "import of 2.7 million postcodes": 0.3,
    "lookup of a postcode": 1.0,
}
MUST_FIT_MB: Final = {"import of 2.7 million postcodes": 300, "export to CSV": 200, "workbook": 200}
FULL_SUPPORTERS: Final = 1_000_000


def main() -> int:
    """0 when everything was measured and is good enough, 1 otherwise."""
    stop_politely_when_told()
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the site on this machine.")
    parser.add_argument("--quick", action="store_true", help="one short round of each, for a first impression")
    parser.add_argument("--full", action="store_true", help=f"exports of {FULL_SUPPORTERS:,} supporters")
    options = parser.parse_args()
    pace = QUICK if options.quick else FULL
    try:
        require_programs()
        results = measure(replace(pace, supporters=FULL_SUPPORTERS) if options.full else pace)
    except (RigError, EmbeddedPostgresError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"\n{table(results)}\n\nKept in {write(results, RESULTS)}.")
    return _verdict(results)


def measure(pace: Pace) -> list[Result]:
    """Every comparison, on a site of its own that is gone afterwards."""
    for package in OURS:
        compileall.compile_dir(BASE_DIR / package, quiet=1)
    say("Preparing a site of its own…")
    with Site("site") as site:
        petition = site.petition()
        manage("seed_load", "--petition", str(petition), "--signatures", str(PRELOADED))
        say("Signing…")
        signing = SigningBench(site, petition, pace)
        results = [signing.with_worker_stopped(), signing.one_at_a_time()]
        say("Signing while mail is sent…")
        results.append(signing.while_mail_is_sent())
        say("Registering…")
        results.append(compare_registering(site, signing, pace))
        say("Pages…")
        results.append(compare_pages(site, petition, pace))
        say("Mail…")
        results.append(compare_mailing(site, signing, pace))
        say("Letters…")
        results.append(compare_letters(site, pace))
        say("Bringing people in…")
        results += compare_imports(site)
        say("Postcodes…")
        results += compare_postcodes(site)
        say("Exports…")
        results += compare_exports(site, pace)
        say("A million supporters…")
        site.start_web()
        results.append(compare_supporter_list(site, pace))
    return results


def say(line: str) -> None:
    print(line, flush=True)


def _verdict(results: Sequence[Result]) -> int:
    found = {result.name: result for result in results}
    missed = [
        f"{name} {found[name].ratio:.2f}, must be {least:.2f}"
        for name, least in MUST.items()
        if found[name].ratio < least
    ]
    missed += [
        f"{name} took {found[name].peak_mb:.0f} MB, must fit into {most}"
        for name, most in MUST_FIT_MB.items()
        if (found[name].peak_mb or 0) > most
    ]
    if missed:
        print(f"Too slow, or too large: {'; '.join(missed)}.", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
