"""What a preset is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from import_export.resources import Resource


@dataclass(frozen=True)
class ExportFile:
    """One file of a preset: its name without ending, its columns, and which rows go into it.

    ``rows`` is ``people``, ``actions`` or ``consents``; ``keep`` leaves rows out, for targets that take
    one status or one tag a file.
    """

    name: str
    resource: type[Resource]
    rows: str = "people"
    keep: Callable[[Any], bool] | None = None


@dataclass(frozen=True)
class Preset:
    """What one target system is given.

    ``loses`` says in whole sentences what the target cannot hold. ``formats`` are those its importer
    reads, the best first: ``csv``, ``xlsx``, ``jsonl``. ``needs_consent`` leaves people who were never
    asked out of the files: the target would write to them. A preset of one file is that file; of
    several, a ZIP with ``readme`` and a manifest of checksums.

    ``cell_mode`` is ``spreadsheet``, where what might be a formula gets a quote mark in front, or
    ``machine``, where cells stand as they are and no byte order mark precedes them: for importers that
    would keep the quote mark as part of a name or an address.
    """

    name: str
    label: str
    files: tuple[ExportFile, ...]
    loses: tuple[str, ...]
    formats: tuple[str, ...] = ("csv",)
    needs_consent: bool = True
    readme: str = ""
    cell_mode: str = "spreadsheet"


_presets: dict[str, Preset] = {}


def register_preset(preset: Preset) -> Preset:
    """Offer ``preset`` to organisers."""
    if _presets.setdefault(preset.name, preset) is not preset:
        raise ValueError(f"Two presets are named {preset.name!r}.")
    return preset


def presets() -> list[Preset]:
    """Every preset, our own complete one first."""
    return sorted(_presets.values(), key=lambda preset: (preset.name != "complete", preset.label))


def preset_named(name: str) -> Preset:
    """The preset ``name``; raises KeyError."""
    return _presets[name]
