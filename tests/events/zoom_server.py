"""A Zoom on this machine: checks what it is sent as the real one does, or misbehaves as told."""

import base64
import json
import threading
import time
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ACCOUNT, CLIENT, SECRET = "account-1", "client-1", "a-secret-of-the-app"
WEBINAR = "12345678901"

Said = tuple[int, Any]


class ZoomServer:
    """Listens on 127.0.0.1 until closed. ``registrants`` are by e-mail address; ``next_answers`` come before any other.

    ``calls`` holds method, path and body of every call but those for a token.
    """

    def __init__(self) -> None:
        self.registrants: dict[str, dict[str, Any]] = {}
        self.calls: list[tuple[str, str, dict[str, Any]]] = []
        self.next_answers: deque[Said] = deque()
        self.tokens: list[str] = []
        self.lasts_s = 3600
        self.api_url = "https://api-us.zoom.example"
        """Is no address of Zoom's, and therefore must not be followed."""
        self.settings = {"approval_type": 1, "auto_recording": "none"}
        self.delay_s = 0.0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                self.reply()

            def do_POST(self) -> None:
                self.reply()

            def do_PUT(self) -> None:
                self.reply()

            def reply(self) -> None:
                time.sleep(outer.delay_s)
                sent = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                status, said = outer.answer(self.command, self.path, self.headers.get("Authorization", ""), sent)
                content = b"" if said is None else said if isinstance(said, bytes) else json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, authorization: str, sent: str) -> Said:
        if path == "/oauth/token":
            return self._token(authorization, sent)
        self.calls.append((method, path, json.loads(sent or "{}")))
        if not self.tokens or authorization != f"Bearer {self.tokens[-1]}":
            return 401, {"code": 124, "message": "Invalid access token."}
        if self.next_answers:
            return self.next_answers.popleft()
        webinar = f"/v2/webinars/{WEBINAR}"
        known: dict[tuple[str, str], Callable[[], Said]] = {
            ("GET", webinar): lambda: (200, {"id": int(WEBINAR), "settings": self.settings}),
            ("POST", f"{webinar}/registrants"): lambda: self._register(json.loads(sent)),
            ("PUT", f"{webinar}/registrants/status"): lambda: self._cancel(json.loads(sent)),
        }
        missing = (404, {"code": 3001, "message": f"Webinar does not exist: {path}."})
        return known.get((method, path), lambda: missing)()

    def _token(self, authorization: str, sent: str) -> Said:
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != f"Basic {expected}" or sent != f"grant_type=account_credentials&account_id={ACCOUNT}":
            return 400, {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}
        self.tokens.append(f"token-{len(self.tokens) + 1}")
        return 200, {"access_token": self.tokens[-1], "expires_in": self.lasts_s, "api_url": self.api_url}

    def _register(self, sent: dict[str, Any]) -> Said:
        address, name = sent["email"], sent["first_name"]
        if len(address) > 128 or "@" not in address or not name or len(name) > 64:
            return 400, {"code": 300, "message": f"Validation Failed: {address}"}
        number = len(self.registrants) + 1
        known = self.registrants.setdefault(
            address, {"registrant_id": f"reg-{number}", "join_url": f"https://zoom.example/w/{WEBINAR}?tk={number}"}
        )
        return 201, known

    def _cancel(self, sent: dict[str, Any]) -> Said:
        for one in sent["registrants"]:
            if self.registrants.get(one["email"], {}).get("registrant_id") != one["id"]:
                return 400, {"code": 300, "message": "No such registrant."}
            del self.registrants[one["email"]]
        return (204, None) if sent["action"] == "cancel" else (400, {"code": 300})
