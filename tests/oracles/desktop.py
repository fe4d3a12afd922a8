"""Desktop entries, judged by desktop-file-validate (and read back as its specification says)."""

import re
import subprocess
import tempfile
from pathlib import Path

from support import component

_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def check(text: str) -> str | None:
    """What is wrong with a .desktop file, or None."""
    validate = component("desktop-file-validate", package="desktop-file-utils")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "entry.desktop"
        file.write_text(text, "utf-8")
        result = subprocess.run([validate, "--no-hints", file], capture_output=True, text=True, check=False)
    return (result.stdout + result.stderr).strip() or None


def values(text: str) -> dict[str, str]:
    """The keys of the only group, [Desktop Entry], as strings. Raises ValueError when there are more."""
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    if lines[0] != "[Desktop Entry]" or any(line.startswith("[") for line in lines[1:]):
        raise ValueError("not one group [Desktop Entry]")
    pairs = [line.partition("=") for line in lines[1:]]
    return {
        key.rstrip(" "): re.sub(r"\\(.)", lambda m: _ESCAPES[m[1]], raw.lstrip(" ")) for key, _, raw in pairs
    }
