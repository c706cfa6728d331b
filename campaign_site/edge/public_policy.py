"""What the public's pages may load: our own files and nothing else.

The organisers' workspace has its own, looser policy; see campaign_site.edge.headers. Django 6 reads the same
dictionary as SECURE_CSP, so it keeps this shape.
"""

from typing import Any, Final

from csp.constants import NONE, SELF

PUBLIC_POLICY: Final[dict[str, Any]] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "worker-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
