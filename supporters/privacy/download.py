"""Everything held, to take away: one file for programs and one for people, with the same in both."""

import base64
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from supporters.models import PrivacyVisit
from supporters.privacy.sections import held_for
from supporters.privacy.shape import Section, as_document

FILE_NAME: Final = "your-data.zip"
STYLE_FILE: Final = Path(settings.BASE_DIR) / "static" / "css" / "data.css"


def archive_of(visit: PrivacyVisit) -> bytes:
    """A ZIP with ``data.json`` and ``data.html``, in the language of the visit; changes nothing.

    Made in memory: it never lies on a disk of ours.
    """
    with translation.override(visit.language):
        sections, made_at = held_for(visit).sections, timezone.now()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", compression=zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("data.json", _json(visit, sections, made_at))
            archive.writestr("data.html", _html(visit, sections, made_at))
    return packed.getvalue()


def _json(visit: PrivacyVisit, sections: list[Section], made_at: datetime) -> str:
    document = {"address": visit.email, "made_at": made_at.isoformat(), "sections": as_document(sections)}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _html(visit: PrivacyVisit, sections: list[Section], made_at: datetime) -> str:
    # Within the file, so that it needs nothing else.
    style = base64.b64encode(STYLE_FILE.read_bytes()).decode()
    context = {"visit": visit, "sections": sections, "made_at": made_at, "style": style}
    return render_to_string("supporters/privacy/data.html", context)
