"""Where Zoom calls this site when something happens to a webinar. It believes what Zoom has signed a moment ago.

Subscribe to webinar.deleted alone: the calls about who came would name people, and are thrown away unread.
"""

import hashlib
import hmac
import json
import re
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, JsonResponse
from django.utils import timezone

from events.models import Provider, Room
from events.providers import ProviderTrouble
from events.room_trouble import note_trouble
from supporters.audience import personal_page
from supporters.same_origin import cross_site_post

LONGEST_CALL: Final = 64 * 1024
OLDEST: Final = timedelta(minutes=5)
"""A call that is older, or from so far in the future, may be one that somebody recorded."""
LONGEST_TIMESTAMP: Final = 12  # digits
VALIDATION: Final = "endpoint.url_validation"
DELETED: Final = "webinar.deleted"


@personal_page
@cross_site_post
def take_zoom_call(request: HttpRequest) -> HttpResponseBase:
    """`POST /events/calls/zoom/`: the knock by which Zoom tries the address, and the end of a webinar."""
    if not settings.ZOOM_WEBHOOK_SECRET:
        raise Http404("Zoom is not asked to call.")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    body = request.read(LONGEST_CALL + 1)
    if len(body) > LONGEST_CALL or not is_signed(request, body):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    said = _document(body)
    if said.get("event") == VALIDATION:
        return _validation(said)
    if said.get("event") == DELETED:
        _note_deleted(_part(_part(said, "payload"), "object").get("id"))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def is_signed(request: HttpRequest, body: bytes) -> bool:
    """Whether Zoom signed ``body``, within the last minutes."""
    stamp = request.headers.get("X-Zm-Request-Timestamp", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= LONGEST_TIMESTAMP):
        return False
    if abs(timezone.now().timestamp() - int(stamp)) > OLDEST.total_seconds():
        return False
    expected = f"v0={_hmac(b'v0:' + stamp.encode() + b':' + body)}"
    return hmac.compare_digest(expected.encode(), request.headers.get("X-Zm-Signature", "").encode())


def _validation(said: dict[str, Any]) -> HttpResponse:
    token = _part(said, "payload").get("plainToken")
    if not isinstance(token, str):
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    return JsonResponse({"plainToken": token, "encryptedToken": _hmac(token.encode(errors="replace"))})


def _note_deleted(number: object) -> None:
    # It comes as a number or as text.
    if not re.fullmatch(r"[0-9]{1,20}", str(number)):
        return
    rooms = Room.objects.filter(provider=Provider.ZOOM, outside_id=str(number), page__ends_at__gt=timezone.now())
    for room in rooms:
        note_trouble(room, ProviderTrouble("The webinar was deleted at Zoom."))


def _hmac(content: bytes) -> str:
    return hmac.digest(settings.ZOOM_WEBHOOK_SECRET.encode(), content, hashlib.sha256).hex()


def _document(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    return said if isinstance(said, dict) else {}


def _part(said: dict[str, Any], name: str) -> dict[str, Any]:
    part = said.get(name)
    return part if isinstance(part, dict) else {}
