"""The types written in the browser modules' comments hold."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent / "tsconfig.json"


def test_browser_modules_are_typed():
    """`tsc --strict` finds nothing; TSC names the program where it is not on the path."""
    tsc = os.environ.get("TSC") or shutil.which("tsc")
    if tsc is None:
        pytest.skip("no TypeScript on this machine: `npm install typescript`, and name it in TSC")
    ran = subprocess.run([tsc, "--project", PROJECT], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout
