"""How fast the organisers' list of supporters opens, beside the one query that it cannot do without."""

import http.client
import re
import time
from collections.abc import Callable
from typing import Final

import psycopg

from bench.memory import PeakMemory
from bench.pace import Pace
from bench.results import Result, Round, percentile, summarise
from bench.site import RigError, Site, manage

SUPPORTERS: Final = 1_000_000
A_PAGE: Final = 50
PATH: Final = "/admin/supporters/"
LINK: Final = re.compile(rb'href="/admin/supporters/[0-9a-f-]{36}/"')
WARM_UP: Final = 5  # requests: templates are compiled with the first

# A data officer of the rig, signed in; prints the session's key.
SIGN_IN: Final = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from home.models import User
officer = User.objects.create_user("officer.of.the.rig@example.org")
officer.groups.add(Group.objects.get(name="Data officers"))
session = SessionStore()
session[SESSION_KEY] = str(officer.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
session.save()
print("session=" + session.session_key)
"""
BARE: Final = (
    "SELECT id, name, country, constituency_code, language, source, created_at, last_act_at"
    " FROM supporters_supporter WHERE merged_into_id IS NULL ORDER BY created_at DESC, id LIMIT 50"
)


def load_supporters(site: Site) -> None:
    """Bring the site to a million supporters, unless it has them."""
    missing = SUPPORTERS - site.count("supporters_supporter")
    if missing > 0:
        manage("seed_load", "--supporters", str(missing))
        site.query("VACUUM ANALYZE supporters_supporter")


def compare_supporter_list(site: Site, pace: Pace) -> Result:
    """The list's first page for a data officer, through the real server, one after the other.

    Rounds of the page and of the bare query through the same driver take turns. The server runs.
    """
    load_supporters(site)
    cookie = f"session={_sign_in()}"
    rounds = []
    with PeakMemory(site.web.pid) as memory, psycopg.connect(site.url, autocommit=True) as connection:
        _timed(lambda: _open_list(site.port, cookie), times=WARM_UP)
        for _ in range(pace.rounds):
            bare = _for_a_while(lambda: _read_bare(connection), pace.seconds)
            ours = _for_a_while(lambda: _open_list(site.port, cookie), pace.seconds)
            in_ms = [1000 * took for took in sorted(ours)]
            p50, p95, p99 = (percentile(in_ms, share) for share in (0.5, 0.95, 0.99))
            rounds.append(Round(len(ours) / sum(ours), len(bare) / sum(bare), p50, p95, p99))
    return summarise(
        "supporter list, one page of a million",
        rounds,
        reference_name="psycopg: SELECT of the same columns, ORDER BY created_at DESC LIMIT 50, not opened",
        unit="pages/s",
        peak_mb=memory.peak_mb,
    )


def _sign_in() -> str:
    printed = manage("shell", "--no-imports", "--command", SIGN_IN)
    return printed.rpartition("session=")[2].strip()


def _open_list(port: int, cookie: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", PATH, headers={"Cookie": cookie})
    answer = connection.getresponse()
    page = answer.read()
    connection.close()
    if answer.status != 200 or len(LINK.findall(page)) < A_PAGE:
        raise RigError(f"The list of supporters answered {answer.status} with {len(page)} bytes.")


def _read_bare(connection: psycopg.Connection) -> None:
    if len(connection.execute(BARE).fetchall()) != A_PAGE:
        raise RigError("There are not enough supporters to list.")


def _for_a_while(act: Callable[[], None], seconds: float) -> list[float]:
    """How long each ``act`` took, in seconds, until ``seconds`` are over; at least one."""
    end = time.monotonic() + seconds
    took = _timed(act, times=1)
    while time.monotonic() < end:
        took += _timed(act, times=1)
    return took


def _timed(act: Callable[[], None], *, times: int) -> list[float]:
    took = []
    for _ in range(times):
        began = time.monotonic()
        act()
        took.append(time.monotonic() - began)
    return took
