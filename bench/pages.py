"""Cached petition pages per second, beside nginx serving the same bytes with as long a head."""

import os
import re
import shutil
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.memory import PeakMemory
from bench.pace import Pace
from bench.results import Result, Round, summarise
from bench.site import RigError, Site, answers, free_port, wait_until
from campaign_site.supervision import Child, stop_all

CONNECTIONS: Final = 16
WARM_UP_S: Final = 1
# Every browser asks for this; the bytes compared are compressed ones.
ENCODING: Final = "gzip"
# Sent by nginx itself, or about the connection.
NOT_COPIED: Final = frozenset({"server", "date", "content-length", "connection", "keep-alive", "accept-ranges"})

# As many worker processes as ours has, on the same two cores that wrk needs too. Nothing that would slow it down.
NGINX: Final = """
{user}
worker_processes 2;
daemon off;
pid {directory}/nginx.pid;
error_log {directory}/error.log crit;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 10000000;
    open_file_cache max=16;
    etag off;
    if_modified_since off;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location = /page {{
            alias {directory}/page;
            types {{ }}
            default_type "";
            add_header last-modified "";
{headers}
        }}
    }}
}}
"""


@dataclass(frozen=True)
class Wrk:
    """What wrk saw: answers per second, latencies in milliseconds."""

    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float


def compare_pages(site: Site, petition: int, pace: Pace) -> Result:
    """Three or more interleaved rounds; the first request of each side is not measured."""
    require_programs()
    [(path,)] = site.query("SELECT url_path FROM wagtailcore_page WHERE id = %s", petition)
    # Wagtail's paths begin with the slug of the site's root page, addresses do not.
    ours = f"{site.origin}/{str(path).lstrip('/').partition('/')[2]}"
    rounds = []
    with _Nginx(site.directory / "nginx", ours) as nginx:
        wrk(ours, WARM_UP_S)
        wrk(nginx.url, WARM_UP_S)
        with PeakMemory(site.web.pid) as memory:
            for _ in range(pace.rounds):
                reference = wrk(nginx.url, pace.seconds)
                measured = wrk(ours, pace.seconds)
                rounds.append(
                    Round(measured.per_second, reference.per_second, measured.p50_ms, measured.p95_ms, measured.p99_ms)
                )
    return summarise(
        "cached petition page",
        rounds,
        reference_name=f"nginx, 2 workers: the same {nginx.size:,} bytes ({ENCODING}) from a file",
        unit="pages/s",
        peak_mb=memory.peak_mb,
        sql=0.0,
    )


def require_programs() -> None:
    """RigError with what to install when wrk or nginx is missing."""
    missing = [program for program in ("wrk", "nginx") if _program(program) is None]
    if missing:
        raise RigError(
            f"To measure pages, install {' and '.join(missing)}: apt-get install wrk nginx-light (Debian, Ubuntu), "
            "brew install wrk nginx (macOS)."
        )


def wrk(url: str, seconds: float) -> Wrk:
    """Fetch ``url`` for whole ``seconds``; RigError if any answer was not a success."""
    script = Path(__file__).with_name("wrk.lua")
    command = [str(_program("wrk")), "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "-s", str(script)]
    done = subprocess.run([*command, url], capture_output=True, text=True, check=False, env={"PATH": os.defpath})
    found = re.search(r"^measured (.+)$", done.stdout, re.MULTILINE)
    if done.returncode or found is None:
        raise RigError(f"wrk failed:\n{done.stdout}\n{done.stderr}")
    per_second, p50, p95, p99, errors = map(float, found[1].split())
    if errors:
        raise RigError(f"{errors:.0f} answers of {url} were no success.")
    return Wrk(per_second, p50, p95, p99)


class _Nginx:
    """An nginx that answers with the bytes and headers our own server answers with."""

    def __init__(self, directory: Path, copied_from: str) -> None:
        self._directory = directory
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}/page"
        self._process = Child(
            "nginx", [str(_program("nginx")), "-c", str(directory / "nginx.conf")], directory=directory
        )
        self._headers, self._body = _fetch(copied_from)
        if self._headers.get("content-encoding") != ENCODING:
            raise RigError("Our own server did not compress the page.")
        self.size = len(self._body)
        directory.mkdir(exist_ok=True)
        (directory / "page").write_bytes(self._body)

    def __enter__(self) -> "_Nginx":
        headers = [f"            add_header {name} {_quoted(value)};" for name, value in self._headers.items()]
        (self._directory / "nginx.conf").write_text(
            NGINX.format(
                user="user root;" if os.geteuid() == 0 else "",
                directory=self._directory,
                port=self._port,
                headers="\n".join(headers),
            )
        )
        self._process.start()
        try:
            wait_until(lambda: answers(self._port, "/page"), "nginx answers")
            if (found := _fetch(self.url)) != (self._headers, self._body):
                raise RigError(f"nginx does not answer with the same bytes: {found[0]}, not {self._headers}.")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        stop_all([self._process], patience_s=5)


def _fetch(url: str) -> tuple[dict[str, str], bytes]:
    """The headers that matter and the compressed body."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": ENCODING})  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  (on the loopback)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return {name: value for name, value in headers.items() if name not in NOT_COPIED}, answer.read()


def _quoted(value: str) -> str:
    """``value`` as a string of nginx's configuration; a $ would begin a variable, and no header of ours has one."""
    return '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"'))


def _program(name: str) -> str | None:
    # Debian keeps servers where an ordinary user's PATH does not look.
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")
