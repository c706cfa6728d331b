"""A mail server on this machine that takes what it is given, or misbehaves as a test asks."""

import socket
import socketserver
import threading
import time
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Email
from functools import partial
from typing import Any

from django.core.mail import get_connection


@dataclass
class Received:
    """One mail that arrived."""

    recipient: str
    email: Email
    sender: str = ""
    """The envelope's sender, where bounces go."""

    @property
    def text(self) -> str:
        """What a mail of plain text says."""
        content = self.email.get_payload(decode=True)
        assert isinstance(content, bytes)
        return content.decode().replace("\r\n", "\n")


class SmtpSink:
    """Listens on 127.0.0.1 while open; `received` holds what arrived. The switches may be turned at any time."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.connections = 0
        self.recipient_code = 250
        self.recipient_text = ""
        self.data_code = 250
        self.drop_after_data = 0
        """How many mails to accept and then close the connection on, without saying so."""
        self.mails_per_connection = 1_000_000
        self.delay = 0.0
        """Seconds it takes over each mail."""
        self.most = 1_000_000
        """How many mails to take before it hangs."""
        self.hang = threading.Event()
        """Set: say nothing after the data of a mail until it is cleared or the client goes."""
        self.hanging = threading.Event()
        self._server: _Server | None = None
        self.port = 0

    def open(self) -> "SmtpSink":
        self._server = _Server(("127.0.0.1", self.port), _Session)
        self._server.sink = self
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def close(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            for connection in list(self._server.open_connections):
                connection.shutdown(socket.SHUT_RDWR)
            self._server = None

    def connect(self) -> Any:
        """An unopened Django mail connection to this server."""
        return partial(
            get_connection,
            "django.core.mail.backends.smtp.EmailBackend",
            host="127.0.0.1",
            port=self.port,
            timeout=1,
        )()

    def take(self, most: int) -> None:
        """Go on, and hang once ``most`` mails arrived in all."""
        self.most = most
        self.hanging.clear()
        self.hang.clear()

    @property
    def message_ids(self) -> list[str]:
        return [str(received.email["Message-ID"]) for received in self.received]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    sink: SmtpSink

    def __init__(self, *arguments: Any) -> None:
        self.open_connections: list[socket.socket] = []
        super().__init__(*arguments)


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        sink = self.server.sink
        sink.connections += 1
        self.server.open_connections.append(self.connection)
        try:
            self._talk(sink)
        except OSError:
            return
        finally:
            self.server.open_connections.remove(self.connection)

    def _talk(self, sink: SmtpSink) -> None:
        sender, recipient, taken = "", "", 0
        self._say("220 sink")
        while line := self.rfile.readline().decode().strip():
            verb = line.partition(" ")[0].upper()
            if verb == "MAIL":
                sender, recipient = _address_in(line), ""
                self._say("250 ok")
            elif verb == "RCPT":
                assert not recipient, "more than one recipient"
                recipient = _address_in(line)
                self._say(f"{sink.recipient_code} {sink.recipient_text} {recipient} said the sink")
            elif verb == "DATA":
                taken += 1
                if not self._take_mail(sink, sender, recipient) or taken >= sink.mails_per_connection:
                    return
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take_mail(self, sink: SmtpSink, sender: str, recipient: str) -> bool:
        """Read one mail and answer; False when the connection is to be closed without an answer."""
        self._say("354 go on")
        email = self._read_data()
        time.sleep(sink.delay)
        if len(sink.received) >= sink.most:
            sink.hang.set()
        if sink.hang.is_set():
            sink.hanging.set()
            while sink.hang.is_set():
                time.sleep(0.02)
            return False
        if sink.data_code == 250:
            sink.received.append(Received(recipient, email, sender))
        if sink.drop_after_data:
            sink.drop_after_data -= 1
            return False
        self._say(f"{sink.data_code} {recipient} said the sink")
        return True

    def _read_data(self) -> Email:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise ConnectionResetError
            lines.append(line)
        return message_from_bytes(b"".join(lines))

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


def _address_in(line: str) -> str:
    return line.partition(":")[2].partition(">")[0].strip("<> ")
