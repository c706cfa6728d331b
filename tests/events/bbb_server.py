"""A BigBlueButton server on this machine: checks what it is sent as the real one does, or misbehaves as told."""

import hashlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SECRET = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"


class BbbServer:
    """Listens on 127.0.0.1 until closed. ``rooms`` holds the parameters each meeting was made with."""

    def __init__(self) -> None:
        self.rooms: dict[str, dict[str, str]] = {}
        self.status = 200
        self.body = b""
        """What every call is answered with instead, if set."""
        self.delay_s = 0.0
        self.drip_s = 0.0
        """What passes before each byte of an answer."""
        self.inside = 3
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                time.sleep(outer.delay_s)
                content = outer.body or outer.answer(self.path).encode()
                self.send_response(outer.status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                try:
                    for byte in [content] if not outer.drip_s else [content[at : at + 1] for at in range(len(content))]:
                        time.sleep(outer.drip_s)
                        self.wfile.write(byte)
                except OSError:
                    pass  # whoever asked has hung up

            def log_message(self, *_arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/bigbluebutton/"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, address: str) -> str:
        """The XML that the call behind ``address`` deserves."""
        parts = urlsplit(address)
        call = parts.path.removeprefix("/bigbluebutton/api/")
        query, _, checksum = parts.query.rpartition("checksum=")
        query = query.removesuffix("&")
        if checksum != hashlib.sha256(f"{call}{query}{SECRET}".encode()).hexdigest():
            return failed("checksumError")
        typed = {name: values[0] for name, values in parse_qs(query).items()}
        meeting = typed["meetingID"]
        if call == "create":
            key = "duplicateWarning" if meeting in self.rooms else ""
            self.rooms.setdefault(meeting, typed)
            return succeeded(f"<createTime>1531155809613</createTime><messageKey>{key}</messageKey>")
        if meeting not in self.rooms:
            return failed("notFound")
        if call == "getMeetingInfo":
            people = "<attendees><attendee><fullName>Zoe Quill</fullName></attendee></attendees>"
            return succeeded(f"<participantCount>{self.inside}</participantCount>{people}")
        return failed("unsupportedRequest")


def succeeded(rest: str) -> str:
    return f"<response><returncode>SUCCESS</returncode>{rest}</response>"


def failed(key: str) -> str:
    return f"<response><returncode>FAILED</returncode><messageKey>{key}</messageKey><message>No.</message></response>"
