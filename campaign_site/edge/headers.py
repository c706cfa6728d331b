"""The headers that every response leaves with."""

from collections.abc import Callable
from typing import Any, Final

from csp.constants import HEADER, NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from whitenoise.middleware import WhiteNoiseFileResponse

from supporters.audience import Audience, settle_audience

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Nothing here needs a sensor, a payment or a device. Copying and sharing a link stay allowed.
FORBIDDEN_FEATURES: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
EVERYWHERE: Final = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FORBIDDEN_FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

# Wagtail's choosers answer with inline scripts, its editor sets inline styles and shows pictures that
# exist only in the browser so far. Frames are its page previews.
ADMIN_POLICY: Final[dict[str, list[str]]] = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [SELF],
    "frame-ancestors": [NONE],
}


class AudienceMiddleware:
    """The last to touch a response: declares it public or personal, and shuts the doors nobody uses.

    It stands first in the settings, so that no response, not even a redirect or an error made by
    another middleware, leaves undeclared.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, WhiteNoiseFileResponse):
            # A file of the project itself, with the long life its name allows.
            response.audience = Audience.PUBLIC
        else:
            response = settle_audience(request, response)
        for header, value in EVERYWHERE.items():
            response.headers.setdefault(header, value)
        if settings.HIDDEN_FROM_SEARCH_ENGINES:
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


class PolicyMiddleware(CSPMiddleware):
    """The content security policy: strict for the public, looser for the organisers' workspace."""

    @cached_property
    def _admin_root(self) -> str:
        return reverse("wagtailadmin_home")

    @cached_property
    def _public_policy(self) -> str:
        return build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if self._is_admin(request):
            # A preview comes through here twice, first as the page it shows; the workspace frames it.
            del response[HEADER]
        elif HEADER not in response and not any(name.startswith("_csp") for name in vars(response)):
            # What almost every response gets, put together once: a tenth of the work of taking a signature.
            response[HEADER] = self._public_policy
            return response
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts: Any = super().get_policy_parts(request, response, report_only)
        if not report_only and self._is_admin(request):
            parts.config = ADMIN_POLICY
            if response.get("X-Frame-Options") == "SAMEORIGIN":
                parts.config = {**ADMIN_POLICY, "frame-ancestors": [SELF]}
        return parts

    def _is_admin(self, request: HttpRequest) -> bool:
        return request.path_info.startswith(self._admin_root)
