"""A headless LibreOffice, which runs what it takes for a formula."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def opened_in_libreoffice(path: Path) -> str:
    """``path`` as flat XML after LibreOffice opened it. Skips without the program, unless it is required."""
    if not shutil.which("soffice"):
        if os.environ.get("REQUIRE_JOURNEYS") == "1":
            pytest.fail("LibreOffice is missing: apt-get install libreoffice-calc.")
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation=file://{path.parent / 'profile'}"
    command = ["soffice", "--headless", "--norestore", profile, "--convert-to", "fods", "--outdir", str(path.parent)]
    # Token 1: comma; 2: double quote; 3: UTF-8; 4: from line 1; the last: take "formulas" for what they look like.
    as_csv = ["--infilter=CSV:44,34,76,1,,0,false,true,false"] if path.suffix == ".csv" else []
    environment = {**os.environ, "HOME": str(path.parent)}
    subprocess.run([*command, *as_csv, str(path)], check=True, capture_output=True, timeout=240, env=environment)
    return path.with_suffix(".fods").read_text()
