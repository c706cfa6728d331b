"""The systems people move to, each with the files that its own importer takes."""

from supporters.exports.presets import action_network, civicrm, complete, listmonk, mailchimp, mautic, nationbuilder
from supporters.exports.presets.preset import ExportFile, Preset, preset_named, presets, register_preset

__all__ = [
    "ExportFile",
    "Preset",
    "action_network",
    "civicrm",
    "complete",
    "listmonk",
    "mailchimp",
    "mautic",
    "nationbuilder",
    "preset_named",
    "presets",
    "register_preset",
]
