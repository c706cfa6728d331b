"""The systems people move to, each with the files that its own importer takes."""

from supporters.exports.presets.preset import ExportFile, Preset, preset_named, presets

__all__ = ["ExportFile", "Preset", "preset_named", "presets"]
