#!/usr/bin/env python3
"""Refuse files that should not be committed: `tools/hygiene.py`, run by `make lint`.

Looks at every file that git tracks or would add. Prints one `file: problem` a line and exits 1 if any of
them is more than a warning.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MAX_BYTES = 500_000
MAX_LINES = 500
WARN_LINES = 400
SOURCE_SUFFIXES = {".py", ".j2"}


def git(*arguments: str) -> str:
    """What a git command prints."""
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout


def machine_paths(root: Path) -> list[bytes]:
    """Paths that mean this machine: the checkout and the user's home.

    One-component paths such as `/root` and `/src` are left out: configs speak of them legitimately.
    """
    return [str(path).encode() for path in (root, Path.home()) if len(path.parts) > 2]


def errors(path: Path, content: bytes, *, crlf: bool, forbidden: list[bytes]) -> Iterator[str]:
    """What is wrong with one file."""
    if len(content) > MAX_BYTES:
        yield f"{len(content):,} bytes, more than {MAX_BYTES:,}"
    if crlf:
        yield "CRLF line ends in a text file (mark it in .gitattributes if they matter)"
    if any(re.search(re.escape(text) + rb"(?![\w-])", content) for text in forbidden):
        yield "holds a path of this machine"
    if path.parts[0] == "requirements" and re.search(rb"https?://", content):
        yield "holds a URL: a lock names no index"
    if path.suffix in SOURCE_SUFFIXES and (lines := content.count(b"\n")) > MAX_LINES:
        yield f"{lines} lines, more than {MAX_LINES}"


def main() -> int:
    """Check the checkout the current folder is in."""
    root = Path(git("rev-parse", "--show-toplevel").strip())
    forbidden = machine_paths(root)
    found = 0
    listing = git("-C", str(root), "ls-files", "-z", "--eol", "--cached", "--others", "--exclude-standard")
    for entry in listing.rstrip("\0").split("\0"):
        line_ends, _, name = entry.partition("\t")  # "i/lf w/crlf attr/text=auto eol=lf<TAB>name"
        path = root / name
        if path.is_symlink() or not path.is_file():  # a deletion not yet staged, or a submodule
            continue
        content = path.read_bytes()
        crlf = "w/crlf" in line_ends or "w/mixed" in line_ends
        crlf = crlf and "attr/-text" not in line_ends
        for error in errors(Path(name), content, crlf=crlf, forbidden=forbidden):
            print(f"{name}: {error}")
            found += 1
        lines = content.count(b"\n")
        if path.suffix in SOURCE_SUFFIXES and WARN_LINES < lines <= MAX_LINES:
            print(f"{name}: warning: {lines} lines; {MAX_LINES} is the limit")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
