"""A service on this machine that answers over HTTP what a test tells it to, and remembers what it was asked."""

import json
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit


@dataclass
class Answer:
    """One answer: ``body`` is JSON unless it is bytes; ``drip_s`` passes between two bytes of it.

    One that ``claims`` more bytes than it has breaks off.
    """

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    after_s: float = 0
    drip_s: float = 0
    claims: int = 0

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class WebService:
    """Listens on 127.0.0.1 until closed.

    ``answers`` holds, by path with its query or by path alone, the answers to give one after another; the last one
    again and again. What is not there is 404.
    """

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = defaultdict(list)
        self.calls: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # or the body waits 40 ms behind its headers

            def do_GET(self) -> None:
                outer.calls.append(unquote(self.path))
                answer = outer.next_answer(self.path)
                time.sleep(answer.after_s)
                try:
                    self.send_response(answer.status)
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(answer.claims or len(answer.content)))
                    self.end_headers()
                    if not answer.drip_s:
                        self.wfile.write(answer.content)
                        self.close_connection = self.close_connection or bool(answer.claims)
                        return
                    for number in range(len(answer.content)):
                        self.wfile.write(answer.content[number : number + 1])
                        self.wfile.flush()
                        time.sleep(answer.drip_s)
                except OSError:
                    self.close_connection = True  # whoever asked has hung up

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def next_answer(self, path: str) -> Answer:
        for known in (unquote(path), unquote(urlsplit(path).path)):
            if queue := self.answers.get(known):
                return queue.pop(0) if len(queue) > 1 else queue[0]
        return Answer({"status": 404, "error": "Resource not found"}, status=404)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
