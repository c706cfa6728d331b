"""Many people signing or registering at once, as fast as they are answered.

A process of its own: requests are made before the clock starts, and while it runs this does little
but pass bytes on. Each connection sends its next request when the last one is answered (closed loop),
so at saturation a latency is mostly time spent queueing.
"""

import argparse
import json
import selectors
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

from bench.results import percentile
from bench.visitors import ACTS, request_of

ACKNOWLEDGED: Final = "303"
MOST_PER_SECOND: Final = 6_000  # requests made beforehand; running out would only end the round early
DRAIN_S: Final = 30


@dataclass(frozen=True)
class Load:
    """What a round came to. ``acknowledged`` counts those answered after the end, too."""

    per_second: float
    acknowledged: int
    answers: dict[str, int]
    p50_ms: float
    p95_ms: float
    p99_ms: float


def act_for(seconds: float, *, act: str, page: int, first: int, port: int, connections: int) -> Load:
    """Let visitors from number ``first`` on do ``act`` (of bench.visitors.ACTS) for ``seconds``, in another process."""
    values = {"seconds": seconds, "act": act, "page": page, "first": first, "port": port, "connections": connections}
    command = [sys.executable, "-m", "bench.load", *(f"--{name}={value}" for name, value in values.items())]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + DRAIN_S + 30)
    return Load(**json.loads(done.stdout))


class _Visitor:
    """One connection and what it waits for."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.socket = self._connect()
        self._answer = b""
        self.sent_at = 0.0

    def _connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self._port), timeout=DRAIN_S)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def send(self, request: bytes) -> None:
        self._answer = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def status(self) -> str | None:
        """The status once the answer is complete; `lost` when the connection ended before that."""
        try:
            received = self.socket.recv(65536)
        except OSError:
            return "lost"
        self._answer += received
        if _is_complete(self._answer):
            return self._answer[9:12].decode()
        return None if received else "lost"

    def reconnect(self) -> None:
        self.socket.close()
        self.socket = self._connect()


def _is_complete(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    if not end:
        return False
    headers = head.lower()
    if b"transfer-encoding: chunked" in headers:
        return body.endswith(b"0\r\n\r\n")
    _, found, rest = headers.partition(b"\r\ncontent-length: ")
    return len(body) >= int(rest.split(b"\r\n", 1)[0]) if found else True


class _Crowd:
    """All connections of one round."""

    def __init__(self, requests: Iterator[bytes], *, port: int, connections: int) -> None:
        self._requests = requests
        self._selector = selectors.DefaultSelector()
        self._visitors = [_Visitor(port) for _ in range(connections)]
        self._answers: Counter[str] = Counter()
        self._latencies: list[float] = []
        self._deadline = 0.0

    def act(self, seconds: float) -> Load:
        self._deadline = time.perf_counter() + seconds
        for visitor in self._visitors:
            self._send_next(visitor)
        while self._selector.get_map() and time.perf_counter() < self._deadline + DRAIN_S:
            for key, _ in self._selector.select(timeout=1):
                self._hear(key.data)
        latencies = sorted(self._latencies)
        p50, p95, p99 = (percentile(latencies, share) if latencies else 0.0 for share in (0.5, 0.95, 0.99))
        rate = len(latencies) / seconds
        return Load(rate, self._answers[ACKNOWLEDGED], dict(self._answers), p50, p95, p99)

    def _hear(self, visitor: _Visitor) -> None:
        status = visitor.status()
        if status is None:
            return
        now = time.perf_counter()
        self._answers[status] += 1
        if status == ACKNOWLEDGED and now <= self._deadline:
            self._latencies.append((now - visitor.sent_at) * 1000)
        self._selector.unregister(visitor.socket)
        if now < self._deadline:
            if status == "lost":
                visitor.reconnect()
            self._send_next(visitor)

    def _send_next(self, visitor: _Visitor) -> None:
        request = next(self._requests, None)
        if request is not None:
            self._selector.register(visitor.socket, selectors.EVENT_READ, visitor)
            visitor.send(request)


def main() -> None:
    """One round; the outcome as JSON on standard output."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--act", choices=ACTS, required=True)
    for name in ("first", "page", "port", "connections"):
        parser.add_argument(f"--{name}", type=int, required=True)
    asked = parser.parse_args()
    numbers = range(asked.first, asked.first + int(asked.seconds * MOST_PER_SECOND) + asked.connections)
    act = ACTS[asked.act](asked.page)
    requests = [request_of(number, act=act, port=asked.port) for number in numbers]
    load = _Crowd(iter(requests), port=asked.port, connections=asked.connections).act(asked.seconds)
    print(json.dumps(asdict(load)))


if __name__ == "__main__":
    main()
