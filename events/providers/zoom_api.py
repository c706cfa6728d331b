"""Asking Zoom: with a token that is good for an hour, and what its refusals mean."""

import hashlib
import json
import re
import threading
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from requests.auth import HTTPBasicAuth

from events.providers.asking import Answer, ask
from events.providers.base import ProviderTrouble

NAME: Final = "Zoom"
PATIENCE_S: Final = (3.0, 6.0)
RENEWED_BEFORE_S: Final = 120
LONGEST_KEPT_S: Final = 3600
NOT_GOOD: Final = range(300, 600)

REFUSALS: Final = {
    300: "Zoom does not take what it was sent about somebody.",
    3001: "Zoom does not know this webinar, or it is over.",
    3027: "Zoom does not register the host of the webinar as a guest.",
}
"""What Zoom's codes mean for an organiser. Its own words may quote what was sent."""


@dataclass(frozen=True)
class Token:
    """What lets us ask, where to ask, and until when (time.monotonic)."""

    value: str
    base: str
    good_until: float
    made_with: bytes


class ZoomApi:
    """Keeps a token for as long as it is good; any number of threads may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._token: Token | None = None

    def ask(self, method: str, path: str, **sent: Any) -> dict[str, Any]:
        """What Zoom says at ``path``; empty where it says nothing. Raises ProviderTrouble."""
        answer = self._ask_with(self._current(), method, path, **sent)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            # Taken back before its time; one new token is all that may help.
            with self._lock:
                self._token = None
            answer = self._ask_with(self._current(), method, path, **sent)
        if answer.status in NOT_GOOD:
            raise ProviderTrouble(_refusal(answer))
        return _document(answer.content) if answer.content else {}

    def _ask_with(self, token: Token, method: str, path: str, **sent: Any) -> Answer:
        headers = {"Authorization": f"Bearer {token.value}", "Accept": "application/json"}
        return ask(method, f"{token.base}{path}", who=NAME, patience_s=PATIENCE_S, headers=headers, **sent)

    def _current(self) -> Token:
        with self._lock:
            made_with = _fingerprint()
            token = self._token
            if token is None or token.made_with != made_with or time.monotonic() > token.good_until:
                token = self._token = _new_token(made_with)
            return token


def _new_token(made_with: bytes) -> Token:
    answer = ask(
        "POST",
        settings.ZOOM_TOKENS,
        who=NAME,
        patience_s=PATIENCE_S,
        data={"grant_type": "account_credentials", "account_id": settings.ZOOM_ACCOUNT_ID},
        auth=HTTPBasicAuth(settings.ZOOM_CLIENT_ID, settings.ZOOM_CLIENT_SECRET),
    )
    if answer.status != HTTPStatus.OK:
        raise ProviderTrouble(f"Zoom does not take the account's credentials (status {answer.status}).")
    said = _document(answer.content)
    value, lasts_s = said.get("access_token"), said.get("expires_in")
    if not isinstance(value, str) or not value.isascii() or not isinstance(lasts_s, int):
        raise ProviderTrouble(f"{NAME} gave an answer that cannot be read.")
    kept_s = min(lasts_s, LONGEST_KEPT_S) - RENEWED_BEFORE_S
    return Token(value, _base(said.get("api_url")), time.monotonic() + kept_s, made_with)


def _base(api_url: object) -> str:
    """Where this account's data is. What is not Zoom's is not followed: people's names go there, and the token."""
    told = re.fullmatch(r"https://([a-z0-9-]+\.)+zoom\.us", api_url) if isinstance(api_url, str) else None
    return told[0] if told else str(settings.ZOOM_API)


def _fingerprint() -> bytes:
    """Changes with the account, so that no token outlives a change of it."""
    account = (settings.ZOOM_ACCOUNT_ID, settings.ZOOM_CLIENT_ID, settings.ZOOM_CLIENT_SECRET, settings.ZOOM_TOKENS)
    return hashlib.sha256("|".join(account).encode()).digest()


def _document(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise ProviderTrouble(f"{NAME} gave an answer that cannot be read.")
    return said


def _refusal(answer: Answer) -> str:
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return "Zoom takes no more calls about somebody, or about anybody, for now."
    try:
        code = _document(answer.content).get("code")
    except ProviderTrouble:
        code = None
    known = REFUSALS.get(code) if isinstance(code, int) else None
    return known or f"Zoom refused (status {answer.status}, code {code if isinstance(code, int) else 'none'})."
