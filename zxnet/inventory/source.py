"""Files of the project, read with suspicion: only regular files inside the project, only honest text.

Refused before any parser sees them (design §6.6): symbolic links, paths that leave the project,
anything but UTF-8, tabs, control characters and the invisible ones that make text read otherwise than
it is (bidirectional overrides, zero-width spaces, a byte order mark; see Unicode TR36 and TR39).
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from zxnet.errors import InvalidInput
from zxnet.problems import Place, Problem

__all__ = ["MAX_BYTES", "inside", "read_text"]

MAX_BYTES = 16 * 1024 * 1024
"""A larger file is refused: split it (inventory/townships/*.yaml)."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x09\x0b-\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]|\r(?!\n)"
)


def inside(project: Path, relative: str) -> Path:
    """The path of a project file. Raises InvalidInput when it leaves the project or is a link."""
    place = Place(relative)
    path = project
    for part in Path(relative).parts:
        if part in {"..", "/"} or Path(part).is_absolute():
            raise InvalidInput(Problem("file.outside", place))
        path = path / part
        if path.is_symlink():
            raise InvalidInput(Problem("file.symlink", place))
    return path


def read_text(project: Path, relative: str) -> str:
    """The text of a project file, line ends as they are. Raises InvalidInput with every reason placed."""
    path, place = inside(project, relative), Place(relative)
    try:
        if not path.is_file():
            raise InvalidInput(Problem("file.missing" if not path.exists() else "file.not_regular", place))
        if path.stat().st_size > MAX_BYTES:
            raise InvalidInput(Problem("file.too_large", place, {"limit": str(MAX_BYTES // 1024 // 1024)}))
        data = path.read_bytes()
    except OSError as error:
        raise InvalidInput(Problem("file.unreadable", place, {"reason": error.strerror or ""})) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise InvalidInput(Problem("file.encoding", Place(relative, line, column))) from error
    problems = [_forbidden(relative, text, found) for found in _FORBIDDEN.finditer(text)]
    if problems:
        raise InvalidInput(*problems[:20])
    return text


def _forbidden(relative: str, text: str, found: re.Match[str]) -> Problem:
    char, at = found[0], found.start()
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    place = Place(relative, line, column)
    if char == "\t":
        return Problem("file.tab", place)
    name = unicodedata.name(char, "CONTROL CHARACTER")
    return Problem("file.character", place, {"char": f"U+{ord(char):04X}", "name": name})
