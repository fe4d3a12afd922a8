"""Whatever is in the files, `check` answers with problems or an inventory, never with an exception.

Seeded byte mutations of the sample county and of the minimal project; `make soak` takes twenty times as many.
"""

import random
import shutil
from pathlib import Path

import pytest
from support import ROOT, SOAK

from zxnet.inventory.check import check
from zxnet.inventory.load import load
from zxnet.project import open_project

ROUNDS = 20 * (20 if SOAK else 1)
SEEDS = range(20)
FILES = (
    "tiers.yaml",
    "inventory/county.yaml",
    "inventory/facilities.yaml",
    "inventory/townships.yaml",
    "inventory/departments.yaml",
)
SPLICES = [
    *(
        text.encode()
        for text in ("", "\n", "\t", "\0", "\ufeff", "\u202e", ": ", "- ", ", ", "{", "}", "[", "]")
    ),
    *(
        text.encode()
        for text in ("&a ", "*a", "!!x ", "<<: ", "? ", "---\n", "...\n", "%", "|", ">", "'", '"', "#")
    ),
    *(
        text.encode()
        for text in ("0", "-1", "1.5", "1e999", "9" * 23, "null", "~", "::/0", "0.0.0.0/0", "fd00::/8")
    ),
    *(text.encode() for text in ("[" * 16, "x" * 5000, "０", "\u2028")),
    b"\xff",
    b"\xed\xa0\x80",  # a surrogate
]


def mutated(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(5)
        if kind == 0:  # overwrite one byte
            data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        elif kind == 1:  # put something in
            data = data[:at] + chance.choice(SPLICES) + data[at:]
        elif kind == 2:  # cut
            data = data[:at] + data[at + chance.randrange(1, 40) :]
        elif kind == 3:  # double a line
            lines = data.splitlines(keepends=True) or [b""]
            line = chance.randrange(len(lines))
            data = b"".join([*lines[:line], lines[line], *lines[line:]])
        else:  # replace one value by another of the same file
            lines = data.splitlines(keepends=True) or [b""]
            one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
            key, colon, _ = lines[one].partition(b":")
            lines[one] = key + colon + lines[other].partition(b":")[2]
            data = b"".join(lines)
    return data


def designed(project: Path) -> None:
    """What passed `check` can be designed: no rule of design meets a case that check let through."""
    network = open_project(project).network
    for device in network.device_ids:
        assert network.device(device).id == device


@pytest.mark.parametrize("base", ["tests/projects/minimal", "."])
@pytest.mark.parametrize("seed", SEEDS)
def test_mutations(base: str, seed: int, tmp_path: Path):
    chance = random.Random(f"{base} {seed}")
    project = tmp_path / "p"
    (project / "inventory").mkdir(parents=True)
    for file in FILES:
        shutil.copyfile(ROOT / base / file, project / file)
    for round_number in range(ROUNDS if base != "." else ROUNDS // 4):
        file = chance.choice(FILES)
        original = (ROOT / base / file).read_bytes()
        (project / file).write_bytes(mutated(original, chance))
        loaded = load(project)
        found = list(loaded.problems)
        if loaded.inventory is not None:
            found += check(loaded.inventory, loaded.broken_units)
        else:
            assert found, f"round {round_number}: nothing loaded and nothing said"
        for problem in found:
            for lang in ("en", "zh"):
                assert problem.message(lang).isprintable()
                assert problem.hint(lang).isprintable()
            assert problem.place.file
        if base != "." and not any(p.severity == "error" for p in found):
            designed(project)
        (project / file).write_bytes(original)
