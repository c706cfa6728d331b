"""A mail server that accepts everything, writes down who got which mail when, and forgets the rest.

As small as it can be: a full mail server would be what is measured.
"""

import os
import socket
import socketserver
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ADDRESS: Final = "127.0.0.1"
LINK: Final = b"/links/"


@dataclass(frozen=True)
class Receipt:
    """One accepted mail: when by the system's monotonic clock (s), to whom, its Message-ID, its length in bytes.

    ``sender`` is the envelope's, where bounces go; ``link`` the token of the first link of ours in it, or "-".
    """

    at: float
    recipient: str
    message_id: str
    size: int
    sender: str = ""
    link: str = ""


class MailSink:
    """The sink in a process of its own, so that it takes no time from whoever is measured."""

    def __init__(self, receipts: Path, *, port: int) -> None:
        self.receipts_file = receipts
        self.port = port
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.receipts_file.write_text("")
        command = [sys.executable, "-m", "bench.mail_sink", str(self.receipts_file), str(self.port)]
        self._process = subprocess.Popen(command, cwd=Path(__file__).resolve().parent.parent, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                socket.create_connection((ADDRESS, self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError("The mail sink does not start.")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def count(self) -> int:
        """How many mails were accepted so far."""
        return self.receipts_file.read_bytes().count(b"\n")

    def receipts(self) -> list[Receipt]:
        """Every accepted mail, in order."""
        lines = self.receipts_file.read_text().splitlines()
        return [
            Receipt(float(at), recipient, message_id, int(size), sender, link)
            for at, recipient, message_id, size, sender, link in map(str.split, lines)
        ]


class _Session(socketserver.StreamRequestHandler):
    """One connection, RFC 5321 as far as a well-behaved client goes."""

    disable_nagle_algorithm = True
    receipts: int

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        sender = recipient = "-"
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"MAIL":
                sender = _address_in(line)
                self.wfile.write(b"250 ok\r\n")
            elif verb == b"RCPT":
                recipient = _address_in(line)
                self.wfile.write(b"250 ok\r\n")
            elif verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                message_id, size, link = self._read_message()
                # Written down before it is acknowledged: a receipt may be one too many, never one too few.
                receipt = f"{time.monotonic():.6f} {recipient} {message_id} {size} {sender} {link}\n"
                os.write(self.receipts, receipt.encode())
                self.wfile.write(b"250 ok\r\n")
            elif verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 sink\r\n")

    def _read_message(self) -> tuple[str, int, str]:
        message_id, size, link = "-", 0, "-"
        for line in self.rfile:
            if line == b".\r\n":
                break
            size += len(line)
            if message_id == "-" and line[:11].lower() == b"message-id:":
                message_id = line[11:].strip().decode()
            elif link == "-" and LINK in line:
                link = line.partition(LINK)[2].partition(b"/")[0].decode()
        return message_id, size, link


def _address_in(line: bytes) -> str:
    return line.partition(b"<")[2].partition(b">")[0].decode() or "-"


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def main() -> None:
    """`python -m bench.mail_sink FILE PORT`: serve until killed, or until whoever started it is gone."""
    _Session.receipts = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    parent = os.getppid()
    with _Server((ADDRESS, int(sys.argv[2])), _Session) as server:
        server.timeout = 0.5
        while os.getppid() == parent:
            server.handle_request()


if __name__ == "__main__":
    main()
