"""Windows registry files, judged by hivexregedit: imported into an empty hive and read back."""

import re
import struct
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from support import component

from zxnet.render.engine import encode

HEADER = "Windows Registry Editor Version 5.00"
Value = str | int


def check(text: str, expected: dict[str, dict[str, Value]] | None = None) -> str | None:
    """What is wrong with a .reg file (as rendered: LF), or None. `expected` keys must hold just that."""
    try:
        stored = values(text)
    except ValueError as error:
        return str(error)
    for key, wanted in (expected or {}).items():
        if stored.get(key) != wanted:
            return f"{key} holds {stored.get(key)}"
    return None


def values(text: str) -> dict[str, dict[str, Value]]:
    """The values of every key the file names, after a real import. Raises ValueError when it is refused."""
    data = encode("reg", text)
    if not data.startswith(b"\xff\xfe") or not data.decode("utf-16").startswith(f"{HEADER}\r\n"):
        raise ValueError(f"does not begin with a byte order mark and {HEADER!r}")
    text = data.decode("utf-16").replace("\r\n", "\n")
    keys = re.findall(r"^\[(HKEY_[^\n]*)\]$", text, re.MULTILINE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "hive").write_bytes(empty_hive())
        (folder / "parents.reg").write_text(_parents(keys), "utf-8")
        (folder / "file.reg").write_text(text, "utf-8")
        _regedit("--merge", folder / "hive", folder / "parents.reg")
        _regedit("--merge", folder / "hive", folder / "file.reg")
        exported = _regedit("--export", folder / "hive", "\\")
    stored = dict(_parse(exported))
    return {key: stored[key] for key in keys}


def _regedit(*arguments: str | Path) -> str:
    regedit = component("hivexregedit", package="libwin-hivex-perl")
    environment = {"PATH": "/usr/bin:/bin", "PERL_UNICODE": "SDA"}  # it reads files in the local encoding
    result = subprocess.run([regedit, *arguments], capture_output=True, env=environment, check=False)
    if result.returncode:
        raise ValueError(result.stderr.decode().strip())
    return result.stdout.decode()


def _parents(keys: list[str]) -> str:
    """Windows makes missing parent keys itself, hivexregedit wants them there."""
    found = dict.fromkeys(
        "\\".join(parts[:depth])
        for key in keys
        for parts in [key.split("\\")]
        for depth in range(1, len(parts))
    )
    return HEADER + "\n\n" + "".join(f"[\\{key}]\n\n" for key in found)


def _parse(exported: str):
    for block in exported.split("\n\n"):
        lines = block.strip().splitlines()
        if not lines:
            continue
        stored = {}
        for line in lines[1:]:
            name, _, value = line.partition("=")
            kind, _, digits = value.partition(":")
            if kind == "dword":
                stored[name[1:-1]] = int(digits, 16)
            elif kind == "hex(1)":
                stored[name[1:-1]] = (
                    bytes.fromhex(digits.replace(",", "")).decode("utf-16-le").removesuffix("\0")
                )
            else:
                stored[name[1:-1]] = value
        yield lines[0][1:-1].lstrip("\\"), stored


@cache
def empty_hive() -> bytes:
    """A hive with a root key and nothing else, in the registry file format ("regf", version 1.3)."""
    name, none = b"ROOT", 0xFFFFFFFF
    root, security = 0x20, 0x80  # offsets of the two cells in the only bin
    counts = (0, 0, none, none, 0, none)  # subkeys, volatile ones, their lists, values, their list
    nk = (
        struct.pack("<2sHQ15I2H", b"nk", 0x2C, 0, 0, none, *counts, security, none, *[0] * 5, len(name), 0)
        + name
    )
    descriptor = struct.pack("<BBH4I", 1, 0, 0x8000, 0, 0, 0, 0)  # self-relative, grants nothing
    sk = struct.pack("<2sH4I", b"sk", 0, security, security, 1, len(descriptor)) + descriptor
    cells = _cell(nk, security - root)
    cells += _cell(sk, 0x40)
    free = 0x1000 - 0x20 - len(cells)
    cells += struct.pack("<i", free).ljust(free, b"\0")
    block = struct.pack("<4s2I2QI", b"hbin", 0, 0x1000, 0, 0, 0) + cells
    header = struct.pack("<4s2IQ6I", b"regf", 1, 1, 0, 1, 3, 0, 1, root, 0x1000)
    header = (header + struct.pack("<I", 1)).ljust(508, b"\0")
    checksum = 0
    for (word,) in struct.iter_unpack("<I", header):
        checksum ^= word
    return (header + struct.pack("<I", checksum)).ljust(0x1000, b"\0") + block


def _cell(content: bytes, size: int) -> bytes:
    """An allocated cell: a negative size, then the content."""
    return (struct.pack("<i", -size) + content).ljust(size, b"\0")
