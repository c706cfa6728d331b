"""Setting sheets in type, once for each thing they say."""

import hashlib
import io
import json
from pathlib import Path
from typing import Any, Final

import segno
from django.db import transaction
from wagtail.models import Page

from home.canopy import RADIUS, RISE, SCALLOP, canopy_panels
from home.models import KeptPoster
from home.posters.words import data_of
from home.typesetting import pdf_from

TEMPLATE: Final = Path(__file__).parent / "sheets.typ"
PANELS: Final = 12
QUIET_ZONE: Final = 4
"""Modules of white around the code, without which cameras do not find it: ISO/IEC 18004, 9.1."""
DAMAGE: Final = "q"
"""A quarter of the code may be torn off or painted over."""


def sheet_pdf(page: Page, sheet: str) -> bytes:
    """One sheet (of home.posters.sheets.SHEETS) of ``page`` as it stands; PDF/UA-1. Takes some 100 ms of CPU."""
    return _set(data_of(page), sheet)


def kept_sheet_pdf(page: Page, sheet: str) -> bytes:
    """The same for a published page, out of the database whenever nothing that it says has changed.

    Like any cache it may be emptied at any time. Only one process sets a sheet; others that ask meanwhile wait for it.
    """
    data = data_of(page)
    fingerprint = _fingerprint(data)
    if kept := _kept(page, sheet, fingerprint):
        return kept
    with transaction.atomic():
        # Holds back editors and other makers, and nobody who signs.
        Page.objects.select_for_update(no_key=True).get(pk=page.pk)
        if kept := _kept(page, sheet, fingerprint):
            return kept
        content = _set(data, sheet)
        KeptPoster.objects.update_or_create(
            page_id=page.pk, sheet=sheet, defaults={"fingerprint": fingerprint, "content": content}
        )
    return content


def qr_code(url: str) -> segno.QRCode:
    """The code that leads to ``url``."""
    return segno.make(url, error=DAMAGE, micro=False, boost_error=False)


def _kept(page: Page, sheet: str, fingerprint: str) -> bytes:
    found = KeptPoster.objects.filter(page_id=page.pk, sheet=sheet, fingerprint=fingerprint).first()
    return bytes(found.content) if found else b""


def _fingerprint(data: dict[str, Any]) -> str:
    """Of what is said, and of how it is laid out."""
    source = json.dumps(data, sort_keys=True).encode() + TEMPLATE.read_bytes()
    return hashlib.blake2b(source, digest_size=16).hexdigest()


def _set(data: dict[str, Any], sheet: str) -> bytes:
    colours = data["colours"]
    files = {
        "qr.svg": _drawn(data["url"]),
        "canopy.svg": _canopy(colours["red"], colours["paper"]),
    }
    kind, _dash, paper = sheet.partition("-")
    return pdf_from(TEMPLATE, {**data, "kind": kind, "paper": paper}, files=files)


def _drawn(url: str) -> bytes:
    """Black on white, whatever colours the organisation has: cameras need the contrast."""
    drawn = io.BytesIO()
    qr_code(url).save(drawn, kind="svg", border=QUIET_ZONE, dark="#000", light="#fff", svgns=True, xmldecl=False)
    return drawn.getvalue()


def _canopy(cloth: str, seams: str) -> bytes:
    """The canopy, wide open."""
    panels = "".join(f'<path d="{panel.path}"/>' for panel in canopy_panels(PANELS, PANELS))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-RADIUS} {-RISE} {2 * RADIUS} {RISE + SCALLOP}" '
        f'fill="{cloth}" stroke="{seams}" stroke-width="1.2" stroke-linejoin="round">{panels}</svg>'
    ).encode()
