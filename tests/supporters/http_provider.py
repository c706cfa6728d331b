"""A mail provider on this machine that takes what it is given over HTTP and keeps what came over the wire."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote_plus

ID = "provider-id-1"
# What each provider answers when it has taken one mail to ada@example.org.
ANSWERS: dict[str, Any] = {
    "brevo": {"messageId": ID},
    "mailersend": {},
    "mailgun": {"id": ID, "message": "Queued. Thank you."},
    "mailtrap": {"success": True, "message_ids": [ID]},
    "postal": {"status": "success", "data": {"messages": {"ada@example.org": {"id": ID, "token": "t"}}}},
    "postmark": {"ErrorCode": 0, "Message": "OK", "MessageID": ID, "To": "ada@example.org"},
    "scaleway": {"emails": [{"id": ID, "message_id": ID, "mail_rcpt": "ada@example.org", "status": "new"}]},
    "sparkpost": {"results": {"total_rejected_recipients": 0, "total_accepted_recipients": 1, "id": ID}},
}


class HttpProvider:
    """Listens on 127.0.0.1 until closed; `bodies` holds the text of every request, forms decoded."""

    def __init__(self, name: str) -> None:
        self.bodies: list[str] = []
        self.status = 200
        self.answer = ANSWERS[name]
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                is_form = "form" in self.headers["Content-Type"]
                outer.bodies.append(unquote_plus(body) if is_form else body)
                text = json.dumps(outer.answer).encode()
                self.send_response(outer.status)
                self.send_header("X-Message-Id", ID)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
