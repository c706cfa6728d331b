"""Asking a provider something while somebody stands at the door: with a few seconds of patience."""

import logging
import time
from dataclasses import dataclass
from typing import Any, Final

import requests
from urllib3.exceptions import HTTPError

from events.providers.base import ProviderTrouble

PIECE: Final = 16 * 1024
LONGEST_ANSWER: Final = 2 * 1024 * 1024
"""Bytes. A room with a thousand people is told of in some 400,000."""

# Its notes of every request, made at the lowest level, hold the whole address, checksum and all.
logging.getLogger("urllib3").setLevel(logging.INFO)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    content: bytes


def ask(method: str, address: str, *, who: str, patience_s: tuple[float, float], **sent: Any) -> Answer:
    """What ``who`` answers at ``address``.

    ``patience_s``: seconds to connect, and to wait for each piece of the answer; in all no more than their sum.
    ``sent`` is what `requests.request` takes besides. Raises ProviderTrouble.
    """
    until = time.monotonic() + sum(patience_s)
    try:
        with requests.request(
            method, address, timeout=patience_s, allow_redirects=False, stream=True, **sent
        ) as response:
            return Answer(response.status_code, _read(response, who, until))
    except (requests.RequestException, HTTPError, OSError) as error:
        # Not the error's own words: they hold the address with its checksum.
        raise ProviderTrouble(f"{who} did not answer ({type(error).__name__}).") from None


def _read(response: requests.Response, who: str, until: float) -> bytes:
    content = bytearray()
    # Whatever has come, however little: an answer that drips never times out by itself.
    while piece := response.raw.read1(PIECE, decode_content=True):
        content += piece
        if len(content) > LONGEST_ANSWER:
            raise ProviderTrouble(f"{who} gave an answer that is far too long.")
        if time.monotonic() > until:
            raise ProviderTrouble(f"{who} did not answer in time.")
    return bytes(content)
